"""The place of the Django app that will own the ORM models and migrations.

It may import the stages and kernel.
It must never let a model leave it but to services.
"""
