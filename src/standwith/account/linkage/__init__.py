"""The place of linkage, of the stage ACCOUNT; nothing is built here yet."""
