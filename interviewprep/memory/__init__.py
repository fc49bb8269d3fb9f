"""When to ask: forgetting curve, FSRS, the fold of the log, the queue. Pure: no clock, no chance, no files.

Import from the modules themselves; this file stays empty so that the first question is painted early.
"""
