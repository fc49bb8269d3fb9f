"""Reviews made in Anki of our cards: those and only those arrive, once, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from exchange.backend import Anki, system_in_utc
from exchange.handmade import legacy
from exchange.phone import give, study, write
from support import Clock, World

from interviewprep.exchange.anki.export import export_package, remember
from interviewprep.exchange.anki.histories import Target, new_reviews
from interviewprep.exchange.anki.importing import Brought, carry_out, plan_import
from interviewprep.exchange.anki.incoming import ReviewRow
from interviewprep.exchange.anki.names import guid_of
from interviewprep.exchange.progress import read_progress, write_progress
from interviewprep.settings import Settings
from interviewprep.store import doctor
from interviewprep.store.merge import join
from interviewprep.study.desk import Desk
from interviewprep.study.record import record_answer
from interviewprep.study.selection import Selection

OURS = "Interview prep"


@pytest.fixture(autouse=True)
def _utc() -> Iterator[None]:
    with system_in_utc():
        yield


@pytest.fixture
def world(world: World) -> World:
    """The clock is the real one: Anki has no other."""
    world.clock.now = datetime.now(UTC) - timedelta(days=3)
    return world


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    found = Anki.open(tmp_path / "anki")
    yield found
    found.close()


def answer(desk: Desk, clock: Clock, card: str, rating: int) -> None:
    """Drill a card."""
    record_answer(desk, card, rating, at=clock.now)
    clock.forward(seconds=20)


def put_into(anki: Anki, desk: Desk, file: Path) -> None:
    """Export and import there, as a person does."""
    made = export_package(desk, file, Selection(), with_progress=True, as_one=False)
    remember(desk, made)
    anki.take(file)


def bring(desk: Desk, file: Path) -> Brought:
    return carry_out(desk, plan_import(desk, file))


def log_of(desk: Desk) -> set[tuple[str, int, int | None]]:
    return {(review.card, review.at_ms, review.rating) for review in desk.store.history()}


def log_in(anki: Anki) -> set[tuple[str, int, int]]:
    """The review log there, of our cards, by the names in their notes."""
    rows = anki.rows(
        "select n.flds, r.id, r.ease from revlog r join cards c on c.id = r.cid join notes n on n.id = c.nid"
        " where r.ease > 0 and n.guid like 'ip%'"
    )
    found = set()
    for fields, at_ms, ease in rows:
        assert isinstance(fields, str)
        assert isinstance(at_ms, int)
        assert isinstance(ease, int)
        found.add((fields.split("\x1f")[-5], at_ms, ease))
    return found


@pytest.mark.parametrize(
    ("name", "is_legacy"), [("i.apkg", False), ("i.apkg", True), ("i.colpkg", False), ("i.colpkg", True)]
)
def test_reviews_made_there_arrive_and_only_those(
    world: World, anki: Anki, tmp_path: Path, name: str, is_legacy: bool
) -> None:
    desk = world.desk()
    answer(desk, world.clock, "optimizers#sgd", 3)
    answer(desk, world.clock, "optimizers#momentum", 1)
    put_into(anki, desk, tmp_path / "o.apkg")
    before = log_of(desk)
    done = study(anki, OURS, 1, 3, 4)
    expected = log_in(anki)
    world.clock.now = datetime.now(UTC)
    plan = plan_import(desk, give(anki, tmp_path / name, legacy=is_legacy))
    assert (plan.histories.of_ours, plan.histories.known, len(plan.new)) == (3, 2, 0)
    assert log_of(desk) == before  # planning changes nothing
    brought = carry_out(desk, plan)
    assert brought.joined.reviews == 3
    assert brought.backup is not None
    assert brought.backup.exists()
    assert log_of(desk) == expected
    assert {at_ms for _, at_ms, _ in log_of(desk) - before} == {at_ms for _, at_ms in done}
    assert doctor.check(desk.store).is_well
    desk.close()


def test_importing_twice_adds_nothing(world: World, anki: Anki, tmp_path: Path) -> None:
    desk = world.desk()
    put_into(anki, desk, tmp_path / "o.apkg")
    study(anki, OURS, 3, 3)
    world.clock.now = datetime.now(UTC)
    file = give(anki, tmp_path / "i.apkg")
    assert bring(desk, file).joined.reviews == 2
    backups = len(list(desk.paths.backups.iterdir()))
    states = desk.store.states()
    again = plan_import(desk, file)
    assert again.is_empty
    assert again.histories.known == 2
    assert carry_out(desk, again).backup is None
    assert len(list(desk.paths.backups.iterdir())) == backups
    assert desk.store.states() == states
    desk.close()


def test_to_and_fro_five_times_is_stable(world: World, anki: Anki, tmp_path: Path) -> None:
    desk = world.desk()
    answer(desk, world.clock, "losses#mse", 2)
    world.clock.now = datetime.now(UTC)
    for turn in range(5):
        put_into(anki, desk, tmp_path / f"o{turn}.apkg")
        assert log_in(anki) == log_of(desk)
        study(anki, OURS, 3)
        world.clock.now = datetime.now(UTC)
        assert bring(desk, give(anki, tmp_path / f"i{turn}.apkg", legacy=turn % 2 == 0)).joined.reviews == 1
        assert log_in(anki) == log_of(desk)
        assert len(log_of(desk)) == turn + 2
    assert len(anki.rows("select id from notes")) == 5
    for _ in range(5):
        put_into(anki, desk, tmp_path / "o.apkg")
        assert bring(desk, give(anki, tmp_path / "i.apkg")).joined.reviews == 0
    assert len(log_in(anki)) == len(log_of(desk)) == 6
    desk.close()


def test_two_machines_that_import_one_file_agree_when_merged(
    world: World, anki: Anki, tmp_path: Path
) -> None:
    desk = world.desk()
    put_into(anki, desk, tmp_path / "o.apkg")
    study(anki, OURS, 3, 1)
    world.clock.now = datetime.now(UTC)
    file = give(anki, tmp_path / "i.apkg")
    (tmp_path / "laptop").mkdir()
    (tmp_path / "laptop" / "shipped").symlink_to(tmp_path / "shipped")
    laptop = World(tmp_path / "laptop", world.clock, Settings()).desk()
    bring(desk, file)
    bring(laptop, file)  # it never exported anything: the guids tell the cards
    assert log_of(laptop) == log_of(desk)
    write_progress(desk.store, tmp_path / "p.jsonl", now=world.clock.now)
    rows = read_progress(tmp_path / "p.jsonl", learner=laptop.store.rules.learner)
    joined = join(laptop.store, rows)
    assert (joined.reviews, joined.cards) == (0, 0)
    assert laptop.store.states() == desk.store.states()
    laptop.close()
    desk.close()


def test_an_undone_review_does_not_come_back(world: World, anki: Anki, tmp_path: Path) -> None:
    desk = world.desk()
    answer(desk, world.clock, "losses#mse", 3)
    put_into(anki, desk, tmp_path / "o.apkg")
    assert desk.store.undo(now=world.clock.now) is not None
    plan = plan_import(desk, give(anki, tmp_path / "i.apkg"))
    assert plan.is_empty
    assert desk.store.states() == {}
    desk.close()


def test_two_answers_of_one_millisecond_are_recognised(world: World, anki: Anki, tmp_path: Path) -> None:
    desk = world.desk()
    for card in ("losses#mse", "losses#mae", "optimizers#sgd"):
        record_answer(desk, card, 3, at=world.clock.now)
    put_into(anki, desk, tmp_path / "o.apkg")
    assert len(log_in(anki)) == 3
    file = give(anki, tmp_path / "i.apkg")
    assert plan_import(desk, file).is_empty
    # a machine that has the log, and not the names that Anki was given
    (tmp_path / "laptop").mkdir()
    (tmp_path / "laptop" / "shipped").symlink_to(tmp_path / "shipped")
    laptop = World(tmp_path / "laptop", world.clock, Settings()).desk()
    for card in ("losses#mse", "losses#mae", "optimizers#sgd"):
        record_answer(laptop, card, 3, at=world.clock.now)
    assert plan_import(laptop, file).is_empty
    laptop.close()
    desk.close()


def test_extra_practice_moves_no_memory_and_due_days_set_by_hand_are_no_reviews(
    world: World, anki: Anki, tmp_path: Path
) -> None:
    desk = world.desk()
    put_into(anki, desk, tmp_path / "o.apkg")
    collection = anki.collection
    [card_id] = collection.find_cards('"losses#mse"')
    collection.sched.set_due_date([card_id], "0")
    deck = collection.sched.get_or_create_filtered_deck(0)  # type: ignore[arg-type]
    deck.name = "Cram"
    deck.config.reschedule = False
    deck.config.search_terms[0].search = '"losses#mae"'
    collection.sched.add_or_update_filtered_deck(deck)
    study(anki, "Cram", 4)
    world.clock.now = datetime.now(UTC)
    plan = plan_import(desk, give(anki, tmp_path / "i.apkg"))
    assert plan.histories.skipped == {"due days set by hand, not reviews": 1}
    assert (plan.histories.of_ours, plan.histories.not_moving) == (1, 1)
    carry_out(desk, plan)
    assert [(r.card, r.mode) for r in desk.store.history()] == [("losses#mae", "import")]
    assert desk.store.states() == {}
    desk.close()


def test_reviews_follow_a_renamed_card(world: World, anki: Anki, tmp_path: Path) -> None:
    desk = world.desk()
    put_into(anki, desk, tmp_path / "o.apkg")
    study(anki, f"{OURS}::Losses", 3, 3)
    desk.close()
    file = world.home / "shipped" / "losses.yaml"
    renamed = file.read_text(encoding="utf-8").replace("- id: mse", "- id: squared\n    was: [mse]")
    file.write_text(renamed, encoding="utf-8")
    world.clock.now = datetime.now(UTC)
    desk = world.desk()
    bring(desk, give(anki, tmp_path / "i.apkg"))
    assert desk.store.states().keys() == {"losses#squared", "losses#mae"}
    desk.close()


def test_reviews_of_a_deck_that_is_not_here_wait_under_its_name(
    world: World, anki: Anki, tmp_path: Path
) -> None:
    desk = world.desk()
    put_into(anki, desk, tmp_path / "o.apkg")
    desk.close()
    study(anki, f"{OURS}::Losses", 3)
    (tmp_path / "bare" / "shipped").mkdir(parents=True)
    world.clock.now = datetime.now(UTC)
    bare = World(tmp_path / "bare", world.clock, Settings()).desk()
    bring(bare, give(anki, tmp_path / "i.apkg"))
    assert bare.store.states().keys() == {"losses#mse"}
    assert list(bare.library.heads) == []
    bare.close()


def test_a_copy_of_our_note_made_there_is_left_out(world: World, anki: Anki, tmp_path: Path) -> None:
    desk = world.desk()
    put_into(anki, desk, tmp_path / "o.apkg")
    note = anki.collection.get_note(anki.collection.find_notes('"losses#mse"')[0])
    write(anki, "Interview prep: question", "Mine", *note.fields)
    plan = plan_import(desk, give(anki, tmp_path / "i.apkg"))
    assert plan.is_empty
    assert plan.skipped == {"that are copies of ours, made in Anki": 1}
    desk.close()


# -- which entries count -------------------------------------------------------------------------

MSE = Target("losses#mse", guid_of("losses#mse"), is_exported=True)
AT_MS = 1_790_000_000_000


def row(**changed: int) -> ReviewRow:
    return ReviewRow(id=AT_MS, card=1, ease=3, ivl=4, factor=2500, time=7_000, kind=1)._replace(**changed)


@pytest.mark.parametrize(
    ("entry", "rating", "moves"),
    [
        (row(), 3, 1),
        (row(kind=0, ease=1, ivl=-60, factor=0), 1, 1),
        (row(kind=2, ease=2), 2, 1),
        (row(kind=3, ease=4), 4, 1),  # before it was due
        (row(kind=3, ease=4, factor=0), 4, 0),  # in a filtered deck that does not reschedule
    ],
)
def test_entries_that_are_reviews(desk: Desk, entry: ReviewRow, rating: int, moves: int) -> None:
    found = new_reviews(desk, [entry], {1: MSE})
    [review] = found.reviews
    assert (review["rating"], review["moves"], review["card"]) == (rating, moves, "losses#mse")
    assert (review["at_ms"], review["duration_ms"]) == (AT_MS, 7_000)
    assert review["interval_days"] == (4 if entry.ivl > 0 else None)
    assert review["study_day"] == AT_MS // 86_400_000


@pytest.mark.parametrize(
    "entry",
    [
        row(kind=4, ease=0),
        row(kind=5, ease=0),
        row(kind=4, ease=3),
        row(ease=0),
        row(ease=5),
        row(ease=-1),
        row(kind=9),
        row(id=5),
        row(id=-(2**63)),
        row(id=2**63 - 1),
        row(id=4_000_000_000_000),
    ],
)
def test_entries_that_are_no_reviews(desk: Desk, entry: ReviewRow) -> None:
    found = new_reviews(desk, [entry], {1: MSE})
    assert found.reviews == []
    assert found.skipped.total() == 1


def test_a_time_beyond_a_day_and_reviews_of_deleted_cards(desk: Desk) -> None:
    found = new_reviews(desk, [row(time=10**12), row(id=AT_MS + 1, card=2)], {1: MSE})
    assert [review["duration_ms"] for review in found.reviews] == [86_400_000]


@pytest.mark.parametrize(("kind", "ease", "rating"), [(0, 2, 3), (0, 3, 4), (2, 1, 1), (1, 2, 2), (1, 4, 4)])
def test_the_three_buttons_of_old_collections(desk: Desk, kind: int, ease: int, rating: int) -> None:
    [review] = new_reviews(desk, [row(kind=kind, ease=ease)], {1: MSE}, shifted_ease=True).reviews
    assert review["rating"] == rating


def test_the_study_day_goes_by_the_learners_hour(world: World) -> None:
    world.settings = Settings(rollover_hour=0)
    desk = world.desk()
    early = 1_790_000_000_000 - 1_790_000_000_000 % 86_400_000 + 3_600_000  # one in the night
    [review] = new_reviews(desk, [row(id=early)], {1: MSE}).reviews
    assert review["study_day"] == early // 86_400_000
    plan = plan_import(desk, legacy(world.home, conf={"rollover": 4, "schedVer": 2}))
    assert plan.other_rollover == 4
    desk.close()
