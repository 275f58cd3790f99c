"""What happened, who is held, and who answers for it.

It may import act, choose, assess, watch, names and kernel.
It must never overwrite a claim: a correction is a new claim.
"""
