"""Between rows and the data of the core: one module for each noun."""
