"""Who is the same person: clusters, draws of partitions, what to look at next, how good it is.

Links come in as data; nothing here reads files or compares names.
"""
