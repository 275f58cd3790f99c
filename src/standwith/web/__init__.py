"""The place of the Django project.

It may import services, the stages and kernel.
It must never reach the store but through services.
"""
