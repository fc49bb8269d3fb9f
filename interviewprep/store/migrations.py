"""Schema versions: each step in one transaction, a backup first, a newer schema refused.

To change the tables: change `tables.py`, append a Step with the statements that turn the version before
into yours, and never touch an older step. A test holds that running all steps gives the tables of
`tables.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from sqlalchemy import Connection

from interviewprep.store import faults
from interviewprep.store.database import Database
from interviewprep.store.schema_v1 import STATEMENTS
from interviewprep.store.tables import APPLICATION_ID


class Step(NamedTuple):
    """One change of the schema, leading to `version`."""

    version: int
    title: str
    statements: tuple[str, ...]
    """Run one by one: sqlite3's executescript would commit in the middle."""
    then: Callable[[Connection], None] | None = None
    """What statements cannot say, such as moving data; in the same transaction."""


STEPS: Final[tuple[Step, ...]] = (Step(1, "the first schema", STATEMENTS),)
SCHEMA_VERSION: Final = STEPS[-1].version


def migrate(
    database: Database, *, back_up: Callable[[], object], steps: Sequence[Step] = STEPS
) -> list[Step]:
    """Bring a database up to the last step; returns the steps taken.

    `back_up` is called before the first step on a database that has something in it; if it raises,
    nothing is changed. A step that fails is rolled back, and the steps before it stay.

    Raises StoreNewerError, leaving the file untouched, and the StoreErrors of a failing disk.
    """
    newest = steps[-1].version
    found = database.version
    if found > newest:
        raise faults.newer(database.path, found, newest)
    if found == newest:
        return []
    if found > 0:
        back_up()
    return [step for step in steps if _take(database, step, newest)]


def _take(database: Database, step: Step, newest: int) -> bool:
    """Take one step unless the database is past it; another program may have been quicker."""
    with database.change_schema() as connection:
        version = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        if version > newest:
            raise faults.newer(database.path, version, newest)
        if version >= step.version:
            return False
        for statement in step.statements:
            connection.exec_driver_sql(statement)
        if step.then is not None:
            step.then(connection)
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {step.version}")
    return True
