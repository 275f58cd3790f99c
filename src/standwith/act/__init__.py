"""Who does what, when and with what.

It may import choose, assess, watch, names and kernel.
It must never give a task to a person who was not asked.
"""
