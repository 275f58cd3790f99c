"""The place of coercion, of the stage ACT; nothing is built here yet."""
