"""The place of planning, of the stage ACT; nothing is built here yet."""
