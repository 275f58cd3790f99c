"""The place of sanctions, of the stage ACT; nothing is built here yet."""
