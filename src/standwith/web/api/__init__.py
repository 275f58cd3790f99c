"""The programming interface under /api/v1: the same services, the same policy."""
