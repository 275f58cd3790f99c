"""Forms: what is asked, in which words; what may be taken is decided by the services."""
