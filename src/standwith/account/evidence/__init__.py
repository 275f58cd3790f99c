"""The place of evidence, of the stage ACCOUNT; nothing is built here yet."""
