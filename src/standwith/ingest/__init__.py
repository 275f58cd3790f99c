"""One module for each outside format: read(path or bytes) gives kernel and stage objects.

It may import the stages and kernel.
It must never know Django.
"""
