"""The place of the use cases: permission, transaction, log entry.

It may import store, ingest, engine, publish, the stages and kernel.
It must never write without a log entry.
"""
