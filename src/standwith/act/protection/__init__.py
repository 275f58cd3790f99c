"""The place of protection, of the stage ACT; nothing is built here yet."""
