"""How many persons no list holds: capture tables, bounds, graphs, tests, gates."""
