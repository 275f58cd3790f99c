"""The command line: one module for each stage, loaded only when called.

It may import services, publish, ingest, engine, the stages and kernel.
It must never hold logic that another interface would have to copy.
"""
