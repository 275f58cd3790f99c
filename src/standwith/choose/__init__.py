"""What may and should be done: the catalogue, gates, ranking and the brief.

It may import assess, watch, names and kernel.
It must never emit an action of tier T3, nor score anything before its gates.
"""
