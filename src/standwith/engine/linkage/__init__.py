"""Linkage at scale: Splink learns the weights of fields and weighs pairs, on DuckDB or Spark."""
