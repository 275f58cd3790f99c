"""Standwith: lawful, timely, harmless support for nonviolent pro-democracy movements."""
