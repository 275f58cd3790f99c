"""Personal and organisation names across scripts.

It may import kernel.
It must never decide that two persons are one: it only compares and explains.
"""
