"""The schema, step by step, with the triggers and row policies that back it."""
