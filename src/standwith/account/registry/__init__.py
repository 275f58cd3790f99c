"""The place of registry, of the stage ACCOUNT; nothing is built here yet."""
