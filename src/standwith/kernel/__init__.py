"""The words every part shares: verdicts, claims, sources, periods, places.

It may import the standard library and a YAML reader.
It must never read a clock, a network, an environment or a random source.
"""
