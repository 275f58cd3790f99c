"""What is the case: situations, organisations, claims, phases and criteria.

It may import watch, names and kernel.
It must never count an unknown fact as met.
"""
