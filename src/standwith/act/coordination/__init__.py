"""The place of coordination, of the stage ACT; nothing is built here yet."""
