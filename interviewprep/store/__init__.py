"""What happened: the review log, marks, memory states, backups, and the index of deck files.

The only room that knows a database. `store.store.Store` is the way in; `store.records` holds the plain
records other rooms see; `store.fast` reads the first queue with the standard library alone. This file
stays empty so that importing `store.records` or `store.fast` loads neither SQLModel nor pydantic.
"""
