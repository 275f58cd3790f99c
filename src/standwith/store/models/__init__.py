"""The ORM models: rows, their constraints, and how they are asked for; no rule of their own."""
