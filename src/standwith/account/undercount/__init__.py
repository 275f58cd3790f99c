"""The place of undercount, of the stage ACCOUNT; nothing is built here yet."""
