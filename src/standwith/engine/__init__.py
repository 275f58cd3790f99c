"""Table engines behind one expression: DuckDB by default, Spark when outgrown.

It may import the stages and kernel.
It must never know Django.
"""
