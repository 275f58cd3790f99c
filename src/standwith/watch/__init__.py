"""What is coming: signals, targets and forecasts with intervals.

It may import names and kernel.
It must never score a person or a group, nor trigger an action by a score.
"""
