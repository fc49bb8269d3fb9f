"""Ids of reviews."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from interviewprep.store.ids import IdMaker


def test_ids_are_version_7_and_tell_their_time() -> None:
    made = UUID(IdMaker()(1_700_000_000_123))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert made.int >> 80 == 1_700_000_000_123


def test_ids_sort_in_the_order_they_were_made() -> None:
    new_id = IdMaker()
    made = [new_id(at_ms) for at_ms in (5, 5, 5, 6, 7, 7) for _ in range(500)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
