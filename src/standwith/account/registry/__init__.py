"""The registry: persons, episodes of deprivation of liberty, what is known of each, and figures."""
