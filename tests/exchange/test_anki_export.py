"""Packages for Anki, by what Anki's real backend makes of them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from exchange.backend import Anki, Imported, system_in_utc
from support import LOSS_DECK, Clock, World

from interviewprep.exchange.anki import templates
from interviewprep.exchange.anki.export import AnkiExport, export_package, note_contents, remember
from interviewprep.exchange.anki.fields import SEPARATOR, render
from interviewprep.exchange.anki.names import SYSTEM, deck_name, guid_of
from interviewprep.exchange.anki.notetypes import NOTE_TYPES
from interviewprep.render.clean import clean
from interviewprep.settings import Settings, find_paths
from interviewprep.store.exports import exported_notes
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk
from interviewprep.study.record import record_answer
from interviewprep.study.selection import Selection

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _utc() -> Iterator[None]:
    with system_in_utc():
        yield


class Shipped(NamedTuple):
    """All shipped decks, exported and imported."""

    desk: Desk
    made: AnkiExport
    package: Path
    anki: Anki
    first: Imported


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shipped]:
    """One export of the shipped decks, in one collection; tests only look at it."""
    home = tmp_path_factory.mktemp("shipped")
    paths = replace(find_paths({"INTERVIEWPREP_HOME": str(home)}), shipped_decks=ROOT / "decks")
    desk = Desk(Settings(), paths, Library.open(paths.index, paths.deck_folders), tz=UTC)
    anki = Anki.open(home / "anki")
    package = home / "all.apkg"
    made = export(desk, package)
    yield Shipped(desk, made, package, anki, anki.take(package))
    anki.close()
    desk.close()


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    """An empty collection."""
    found = Anki.open(tmp_path / "anki")
    yield found
    found.close()


@pytest.fixture
def now_world(world: World) -> World:
    """The small library with a clock near the real time, which Anki reads."""
    world.clock.now = datetime.now(UTC)
    return world


def export(
    desk: Desk,
    package: Path,
    selection: Selection | None = None,
    *,
    progress: bool = True,
    as_one: bool = False,
) -> AnkiExport:
    """Export and remember, as the command does."""
    made = export_package(desk, package, selection or Selection(), with_progress=progress, as_one=as_one)
    remember(desk, made)
    return made


# -- what arrives ----------------------------------------------------------------------------------


def test_every_shipped_card_arrives_without_complaint(shipped: Shipped) -> None:
    cards = len(shipped.desk.library.heads)
    assert shipped.made.notes == cards > 200
    assert shipped.first == Imported(new=cards, updated=0, duplicate=0, trouble=0)
    assert shipped.anki.one("select count(*) from cards") == cards
    text, is_well = shipped.anki.collection.fix_integrity()
    assert is_well, text


def test_notes_have_the_fields_tags_and_decks_that_were_exported(shipped: Shipped) -> None:
    guids = {note.card: note.guid for note in exported_notes(shipped.desk.store, SYSTEM).values()}
    stored = {
        row[0]: row[1:]
        for row in shipped.anki.rows(
            "select n.guid, n.flds, n.tags, n.mid, n.sfld, n.csum, c.did"
            " from notes n join cards c on c.nid = n.id"
        )
    }
    assert len(stored) == len(guids)
    names = {deck.id: deck.name for deck in shipped.anki.collection.decks.all_names_and_ids()}
    for content in note_contents(shipped.desk, shipped.desk.library.heads):
        flds, tags, mid, sfld, csum, did = stored[guids[content.head.name]]
        assert flds == content.fields
        assert set(str(tags).split()) == set(content.tags.split())
        assert mid == NOTE_TYPES[content.head.kind].id
        assert (str(sfld), csum) == (content.rendered.sort_text, content.rendered.checksum)
        assert names[did] == deck_name(content.head.deck)  # type: ignore[index]


def test_every_card_renders_both_sides(shipped: Shipped) -> None:
    kinds: set[int] = set()
    for [card_id] in shipped.anki.rows("select id from cards"):
        card = shipped.anki.collection.get_card(card_id)  # type: ignore[arg-type]
        output = card.render_output()
        kinds.add(card.note().mid)
        for side in (output.question_text, output.answer_text):
            assert side.startswith('<div class="page">')
            assert "unknown field" not in side
            assert "{{" not in side or "{{" in "".join(card.note().fields)
        assert 'id="answer"' in output.answer_text
    assert kinds == {t.id for t in NOTE_TYPES.values()}


def test_an_answer_has_the_short_answer_first_and_marks_what_is_a_must(shipped: Shipped) -> None:
    note = exported_notes(shipped.desk.store, SYSTEM)["deep-learning/optimizers#adam"]
    card_id = shipped.anki.one(
        "select c.id from cards c join notes n on n.id = c.nid where n.guid = ?", note.guid
    )
    answer = shipped.anki.collection.get_card(card_id).render_output().answer_text  # type: ignore[arg-type]
    _, _, answer = answer.partition('id="answer"')
    titles = re.findall(r"<summary>([A-Z][^<]*)</summary>", answer)
    wanted = ["Key points", "In one line", "In detail", "Analogy", "Example"]
    assert [title for title in titles if title in wanted] == wanted
    assert answer.index('class="short"') < answer.index("Key points")
    assert '<span class="must">must</span>' in answer
    assert r"\[" in answer
    assert "<script" not in answer


def test_a_question_shows_options_or_numbers_and_not_the_answer(shipped: Shipped) -> None:
    by_kind = {head.kind: head.name for head in reversed(shipped.desk.library.heads)}
    for kind, wanted in (("choice", 'class="options"'), ("numeric", 'class="numbers"')):
        guid = exported_notes(shipped.desk.store, SYSTEM)[by_kind[kind]].guid
        card_id = shipped.anki.one(
            "select c.id from cards c join notes n on n.id = c.nid where guid = ?", guid
        )
        output = shipped.anki.collection.get_card(card_id).render_output()  # type: ignore[arg-type]
        assert wanted in output.question_text
        assert "result" not in output.question_text
        assert 'class="right"' not in output.question_text
        assert ('class="result"' if kind == "numeric" else 'class="right"') in output.answer_text


def test_numeric_notes_have_five_different_variants(shipped: Shipped) -> None:
    name = next(head.name for head in shipped.desk.library.heads if head.kind == "numeric")
    fields = shipped.anki.fields(exported_notes(shipped.desk.store, SYSTEM)[name].guid)
    assert len({fields[f"Numbers {n}"] for n in range(1, 6)} - {""}) == 5
    assert all('class="result"' in fields[f"Working {n}"] for n in range(1, 6))


def test_the_looks_have_a_new_time_of_change_whenever_they_change() -> None:
    """Anki takes over new templates only from a note type that was changed later."""
    texts = [
        templates.CSS,
        *(side(kind) for kind in NOTE_TYPES for side in (templates.front, templates.back)),
    ]
    found = sha256("\n".join(texts).encode()).hexdigest()[:12]
    assert (templates.CHANGED, found) == (1_795_392_000, "b7dd3d1cbeb6")


def test_note_types_are_as_they_were_first_released() -> None:
    """A change would give everyone who has the notes a second type beside the first."""
    found = {
        t.kind: (t.id, t.template_id, sha256(repr((t.name, t.fields, t.field_ids)).encode()).hexdigest()[:12])
        for t in NOTE_TYPES.values()
    }
    assert found == {
        "qa": (1_700_000_000_101, 1_503_788_526_901, "3f81b7a75cb9"),
        "choice": (1_700_000_000_102, 1_458_315_711_859, "632db56b8ad1"),
        "numeric": (1_700_000_000_103, 1_612_214_333_883, "1cc49b6a938a"),
    }


def test_new_looks_arrive_with_a_later_export(
    now_world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = now_world.desk()

    def looks_after_import() -> str:
        export(desk, tmp_path / "a.apkg")
        anki = Anki.open(tmp_path / "anki")
        assert anki.take(tmp_path / "a.apkg").updated == 0
        anki.close()
        anki = Anki.open(tmp_path / "anki")  # it keeps note types in memory
        kinds = [m for m in anki.collection.models.all_names_and_ids() if m.name.startswith("Interview prep")]
        assert len(kinds) == 1  # the small deck has questions only
        model = anki.collection.models.by_name(NOTE_TYPES["qa"].name)
        assert model is not None
        anki.close()
        return str(model["css"])

    assert looks_after_import() == templates.CSS
    before = templates.CSS
    monkeypatch.setattr(templates, "CSS", "/* other looks */")
    assert looks_after_import() == before
    monkeypatch.setattr(templates, "CHANGED", templates.CHANGED + 1)
    assert looks_after_import() == "/* other looks */"
    desk.close()


# -- a second time ---------------------------------------------------------------------------------


def test_nothing_changes_where_nothing_changed(now_world: World, anki: Anki, tmp_path: Path) -> None:
    desk = now_world.desk()
    package = tmp_path / "a.apkg"
    assert export(desk, package).new == 5
    assert anki.take(package) == Imported(5, 0, 0, 0)
    now_world.clock.forward(days=3)
    made = export(desk, package)
    assert (made.new, made.changed) == (0, 0)
    assert anki.take(package) == Imported(0, 0, 5, 0)
    desk.close()


def test_an_edited_card_is_the_only_note_updated_and_keeps_its_schedule(
    now_world: World, anki: Anki, tmp_path: Path
) -> None:
    desk = now_world.desk()
    package = tmp_path / "a.apkg"
    export(desk, package)
    anki.take(package)
    anki.collection.sched.set_due_date([anki.one("select min(id) from cards")], "7")  # type: ignore[list-item]
    scheduled = anki.rows("select id, due, queue, ivl from cards order by id")
    deck = now_world.home / "shipped" / "losses.yaml"
    deck.write_text(LOSS_DECK.replace("mean absolute error?", "MAE?"), encoding="utf-8")
    desk.reload_decks()
    now_world.clock.forward(minutes=5)
    made = export(desk, package)
    assert (made.new, made.changed) == (0, 1)
    assert anki.take(package) == Imported(0, 1, 4, 0)
    assert anki.fields(guid_of("losses#mae"))["Question"] == "What is the MAE?"
    assert anki.rows("select id, due, queue, ivl from cards order by id") == scheduled
    desk.close()


def test_a_renamed_card_keeps_its_note(now_world: World, anki: Anki, tmp_path: Path) -> None:
    desk = now_world.desk()
    package = tmp_path / "a.apkg"
    export(desk, package)
    anki.take(package)
    (now_world.home / "shipped" / "losses.yaml").write_text(
        LOSS_DECK.replace("id: mae", "id: absolute\n    was: [mae]"), encoding="utf-8"
    )
    desk.reload_decks()
    now_world.clock.forward(minutes=5)
    made = export(desk, package)
    assert (made.new, made.changed, made.removed) == (0, 1, ())
    assert anki.take(package) == Imported(0, 1, 4, 0)
    assert anki.fields(guid_of("losses#mae"))["Card name"] == "losses#absolute"
    assert export(desk, package).changed == 0
    desk.close()


def test_a_renamed_card_has_its_former_guid_on_a_machine_that_never_exported(now_world: World) -> None:
    (now_world.home / "shipped" / "losses.yaml").write_text(
        LOSS_DECK.replace("id: mae", "id: absolute\n    was: [mae]"), encoding="utf-8"
    )
    desk = now_world.desk()
    export(desk, now_world.home / "a.apkg")
    assert exported_notes(desk.store, SYSTEM)["losses#absolute"].guid == guid_of("losses#mae")
    desk.close()


def test_a_card_with_the_name_of_an_exported_one_has_a_guid_of_its_own(now_world: World) -> None:
    """`was` was taken out again and the former name given to another card."""
    desk = now_world.desk()
    deck = now_world.home / "shipped" / "losses.yaml"
    deck.write_text(LOSS_DECK.replace("id: mae", "id: absolute\n    was: [mae]"), encoding="utf-8")
    desk.reload_decks()
    export(desk, now_world.home / "a.apkg")
    deck.write_text(
        LOSS_DECK + "  - id: absolute\n    question: Another?\n    short: Yes.\n", encoding="utf-8"
    )
    desk.reload_decks()
    export(desk, now_world.home / "a.apkg")
    notes = exported_notes(desk.store, SYSTEM)
    assert notes["losses#absolute"].guid != notes["losses#mae"].guid
    desk.close()


def test_cards_gone_from_the_decks_are_listed(now_world: World, anki: Anki) -> None:
    desk = now_world.desk()
    export(desk, now_world.home / "a.apkg")
    anki.take(now_world.home / "a.apkg")
    (now_world.home / "shipped" / "losses.yaml").write_text(
        LOSS_DECK.partition("  - id: mae")[0], encoding="utf-8"
    )
    desk.reload_decks()
    assert export(desk, now_world.home / "a.apkg").removed == ("losses#mae",)
    assert len(anki.collection.find_notes('"Card name:losses#mae"')) == 1
    assert export(desk, now_world.home / "a.apkg", Selection(decks=("optimizers",))).removed == ()
    desk.close()


def test_all_cards_in_one_deck_where_that_is_wanted(now_world: World, anki: Anki, tmp_path: Path) -> None:
    desk = now_world.desk()
    assert export(desk, tmp_path / "a.apkg", as_one=True).decks == ("Interview prep",)
    anki.take(tmp_path / "a.apkg")
    assert {d.name for d in anki.collection.decks.all_names_and_ids()} == {"Default", "Interview prep"}
    desk.close()


# -- texts -----------------------------------------------------------------------------------------

HOSTILE = [
    "<script>alert('x')</script> & <b>bold</b> &amp; &#91;",
    "{{Question}} {{c1::cloze}} }} {{#Field}}{{/Field}}",
    "$5 and $10, a $ sign, \\$ and $$",
    r"\(not math\) \[nor this\] \begin{align} \\( \\[",
    "[sound:x.mp3] [latex]x[/latex] [Anki:tts lang=en] [SOUND:y.mp3]",
    "`[$]y[/$]` and `[$$]z[/$$]`",
    "quotes \" ' “ ” and \\ backslash `code <b>`",
    "emoji 🙂🏳️‍🌈 and \u0645\u0631\u062d\u0628\u0627 (right to left), é as e\u0301",
    "tab\there, no-break\u00a0space, zero\u200bwidth",
    "x" * 20_000,
    "# hash | pipe ; semicolon, comma",
    "-->  <!-- comment --> ]]> <![CDATA[x]]>",
]


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_texts_survive_character_by_character(number: int, hostile: tuple[Desk, Anki]) -> None:
    desk, anki = hostile
    name = f"hostile#card-{number}"
    fields = anki.fields(guid_of(name))
    assert SEPARATOR.join(fields.values()) == render(desk.library.card(name)).all_fields(name)
    text = HOSTILE[number]
    if not re.search(r"[`\\&]", text):  # else Markdown has a say
        shown = html.unescape(re.sub(r"<[^>]*>", "", fields["Question"]))
        assert shown == unicodedata.normalize("NFC", " ".join(clean(text).split()))


def test_nothing_in_a_hostile_text_becomes_markup_or_a_command(hostile: tuple[Desk, Anki]) -> None:
    _, anki = hostile
    commands = re.compile(r"<script|<img|<!--|\[sound:|\[anki:|\[/?latex|\[/?\$", re.IGNORECASE)
    for [card_id] in anki.rows("select id from cards"):
        output = anki.collection.get_card(card_id).render_output()  # type: ignore[arg-type]
        for side in (output.question_text, output.answer_text):
            assert not commands.search(side)
        assert output.question_av_tags == output.answer_av_tags == []


def test_mathjax_sees_no_formula_in_a_backslash_and_a_bracket(hostile: tuple[Desk, Anki]) -> None:
    _, anki = hostile
    fields = anki.fields(guid_of("hostile#card-3"))
    assert r"not math" in fields["Question"]
    for name in ("Question", "Short answer", "In detail", "Key points"):
        assert not re.search(r"\\[(\[]", fields[name])


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Anki]]:
    """A deck of hostile texts, exported and imported."""
    home = tmp_path_factory.mktemp("hostile")
    (home / "shipped").mkdir()
    cards = [
        {
            "id": f"card-{n}",
            "question": text,
            "short": text,
            "detailed": f"{text}\n\n- {text}\n",
            "key_points": [{"id": "p", "text": text}],
            "example": f"```python\n{text}\n```",
        }
        for n, text in enumerate(HOSTILE)
    ]
    (home / "shipped" / "hostile.yaml").write_text(
        yaml.safe_dump({"format": 1, "title": "Hostile", "cards": cards}, allow_unicode=True),
        encoding="utf-8",
    )
    world = World(home, Clock(datetime.now(UTC)), Settings())
    desk = world.desk()
    assert not [p for p in desk.library.problems if p.severity == "error"]
    anki = Anki.open(home / "anki")
    export(desk, home / "a.apkg")
    assert anki.take(home / "a.apkg") == Imported(len(HOSTILE), 0, 0, 0)
    yield desk, anki
    anki.close()
    desk.close()


# -- progress --------------------------------------------------------------------------------------


def test_marks_and_due_dates_arrive(now_world: World, anki: Anki, tmp_path: Path) -> None:
    desk = now_world.desk()
    now = now_world.clock.now
    for days_ago, rating in ((20, 3), (15, 3), (3, 4)):
        record_answer(desk, "optimizers#adam", rating, now - timedelta(days=days_ago))
    record_answer(desk, "optimizers#sgd", 3, now - timedelta(days=2))
    record_answer(desk, "losses#mse", 1, now - timedelta(minutes=1))
    desk.store.mark("optimizers#sgd", "suspended", "1", now=now)
    desk.store.mark("losses#mae", "known", "1", now=now)
    desk.store.mark("losses#mse", "flag", "1", now=now)
    made = export(desk, tmp_path / "a.apkg")
    assert made.reviews == 5
    anki.take(tmp_path / "a.apkg")
    rows = {
        row[0]: tuple(row[1:])
        for row in anki.rows(
            "select n.sfld, c.type, c.queue, c.due - ?, c.reps, c.flags & 7"
            " from cards c join notes n on n.id = c.nid",
            anki.collection.sched.today,
        )
    }
    states = desk.store.states()
    due = {name: state.due_day - desk.today() for name, state in states.items()}
    assert rows["How does Adam set the step of each weight?"] == (2, 2, due["optimizers#adam"], 3, 0)
    assert rows["What is stochastic gradient descent?"][:3] == (2, -1, due["optimizers#sgd"])
    assert rows["What is the mean absolute error?"][:2] == (0, -1)
    # Failed today and not yet passed: it waits to be asked again today.
    assert rows["What is the mean squared error?"] == (2, 2, 0, 1, 1)
    assert rows["What does momentum change about SGD?"][:2] == (0, 0)
    desk.close()


def test_without_progress_every_card_is_new(now_world: World, anki: Anki, tmp_path: Path) -> None:
    desk = now_world.desk()
    record_answer(desk, "optimizers#adam", 3, now_world.clock.now)
    assert export(desk, tmp_path / "a.apkg", progress=False).reviews == 0
    anki.take(tmp_path / "a.apkg")
    assert anki.rows("select distinct type, queue from cards") == [[0, 0]]
    assert anki.one("select count(*) from revlog") == 0
    desk.close()


def test_answers_of_one_millisecond_get_ids_of_their_own_and_keep_them(
    now_world: World, anki: Anki, tmp_path: Path
) -> None:
    desk = now_world.desk()
    at = now_world.clock.now.replace(microsecond=0) - timedelta(days=1)
    for card in ("optimizers#adam", "optimizers#sgd", "losses#mse"):
        record_answer(desk, card, 3, at)
    export(desk, tmp_path / "a.apkg")
    anki.take(tmp_path / "a.apkg")
    first = anki.rows("select id, cid, ease from revlog order by id")
    start = int(at.timestamp() * 1000)
    assert [row[0] for row in first] == [start, start + 1, start + 2]
    # One more of the same moment: those given out before stay as they were.
    record_answer(desk, "losses#mae", 3, at)
    export(desk, tmp_path / "a.apkg")
    other = Anki.open(tmp_path / "other")
    other.take(tmp_path / "a.apkg")
    again = other.rows("select id, cid, ease from revlog order by id")
    assert len(again) == 4
    assert all(row in again for row in first)
    other.close()
    desk.close()
