"""The place of funds, of the stage ACT; nothing is built here yet."""
