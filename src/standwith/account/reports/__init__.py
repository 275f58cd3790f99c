"""The place of reports, of the stage ACCOUNT; nothing is built here yet."""
