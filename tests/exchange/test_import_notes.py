"""Other people's notes: what Anki's real backend made becomes decks of ours, with its history."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from anki.consts import MODEL_CLOZE
from exchange.backend import Anki, system_in_utc
from exchange.handmade import legacy, note
from exchange.phone import give, study, write
from support import World

from interviewprep.cards.lint import lint_paths
from interviewprep.cards.model import Card
from interviewprep.errors import DeckError, StoreError
from interviewprep.exchange import newcards
from interviewprep.exchange.anki import importing
from interviewprep.exchange.anki.export import export_package
from interviewprep.exchange.anki.importing import carry_out, plan_import
from interviewprep.store import doctor
from interviewprep.study.authoring import UNANSWERED
from interviewprep.study.desk import Desk
from interviewprep.study.selection import Selection


@pytest.fixture(autouse=True)
def _utc() -> Iterator[None]:
    with system_in_utc():
        yield


@pytest.fixture
def world(world: World) -> World:
    world.clock.now = datetime.now(UTC)
    return world


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Anki]:
    found = Anki.open(tmp_path / "anki")
    yield found
    found.close()


def taken(desk: Desk) -> dict[str, Card]:
    """The imported cards by full name."""
    return {h.name: desk.library.card(h.name) for h in desk.library.heads if h.deck.startswith("anki/")}


def asked(desk: Desk) -> list[tuple[str, str, str, str]]:
    return [(c.question, c.short, c.detailed, c.concept) for c in taken(desk).values()]


@pytest.mark.parametrize(
    ("name", "is_legacy"), [("n.apkg", False), ("n.apkg", True), ("n.colpkg", False), ("n.colpkg", True)]
)
def test_every_usual_kind_of_note(desk: Desk, anki: Anki, tmp_path: Path, name: str, is_legacy: bool) -> None:
    write(anki, "Basic", "Lang", "What is <b>Haus</b>?", "house", tags=["noun::das", "easy"])
    write(anki, "Basic (and reversed card)", "Lang", "Baum", "tree")
    write(anki, "Basic (type in the answer)", "Lang", "2 + 2?", "4")
    write(anki, "Basic (optional reversed card)", "Lang", "rot", "red", "y")
    write(anki, "Basic (optional reversed card)", "Lang", "blau", "blue")
    write(anki, "Cloze", "Lang", "The {{c1::sky::place}} is {{c2::blue}}.", "Look up.")
    plan = plan_import(desk, give(anki, tmp_path / name, legacy=is_legacy))
    assert [(d.deck, d.title, d.cards) for d in plan.decks()] == [("anki/lang", "Lang", 9)]
    assert taken(desk) == {}
    carry_out(desk, plan)
    assert asked(desk) == [
        ("What is **Haus**?", "house", "", "what-is-haus"),
        ("Baum", "tree", "", "baum"),
        ("tree", "Baum", "", "baum"),
        ("2 + 2?", "4", "", "2-2"),
        ("rot", "red", "", "rot"),
        ("red", "rot", "", "rot"),
        ("blau", "blue", "", "blau"),
        ("The [place] is blue.", "sky", "The sky is blue.\\\nLook up.", "the-place-is-blue"),
        ("The sky is [...].", "blue", "The sky is blue.\\\nLook up.", "the-place-is-blue"),
    ]
    assert taken(desk)["anki/lang#what-is-haus"].tags == ("easy", "noun::das")
    assert [p for p in lint_paths(None, desk.paths.deck_folders, strict=False) if p.severity == "error"] == []


def test_formulas_pictures_and_sounds(desk: Desk, anki: Anki, tmp_path: Path) -> None:
    write(anki, "Basic", "M", r"Area of \(r\)?<img src='circle 1.png'>", r"\[\pi r^2\][sound:pi.mp3]")
    write(anki, "Cloze", "M", r"\( a^2 = {{c1::b^2}} \) and {{c1::more}}")
    plan = plan_import(desk, give(anki, tmp_path / "n.apkg"))
    assert list(plan.media) == ["circle 1.png", "pi.mp3"]
    carry_out(desk, plan)
    assert [(card.question, card.short) for card in taken(desk).values()] == [
        ("Area of $r$?(image: circle 1.png)", "$$\\pi r^2$$\n\n(sound: pi.mp3)"),
        ("$a^2 = [...]$ and [...]", "$b^2$\\\nmore"),
    ]


def test_subdecks_become_deck_files(desk: Desk, anki: Anki, tmp_path: Path) -> None:
    for deck in ("Lang", "Lang::German::Verbs 1", "Études/Ω", "optimizers"):
        write(anki, "Basic", deck, f"in {deck}", "yes")
    file = give(anki, tmp_path / "n.apkg")
    some = plan_import(desk, file, decks=["Lang::German"])
    assert [deck.deck for deck in some.decks()] == ["anki/lang/german/verbs-1"]
    brought = carry_out(desk, plan_import(desk, file))
    folder = desk.paths.user_decks / "anki"
    assert {path.relative_to(folder).as_posix() for path in brought.files} == {
        "lang.yaml",
        "lang/german/verbs-1.yaml",
        "études/ω.yaml",
        "optimizers.yaml",
    }
    titles = {deck.id: deck.title for deck in desk.library.decks}
    assert titles["anki/lang/german/verbs-1"] == "Verbs 1"
    assert titles["optimizers"] == "Optimizers"  # the shipped deck of that name is another one


def test_notes_from_anki_do_not_go_back_there_unless_their_deck_is_named(
    desk: Desk, anki: Anki, tmp_path: Path
) -> None:
    write(anki, "Basic", "Lang", "Haus?", "house")
    carry_out(desk, plan_import(desk, give(anki, tmp_path / "n.apkg")))

    def exported(*decks: str) -> int:
        selection = Selection(decks=decks)
        return export_package(desk, tmp_path / "out.apkg", selection, with_progress=True, as_one=False).notes

    assert exported() == len(desk.library.heads) - 1
    assert exported("anki/lang") == 1


def test_history_and_suspension_come_along(desk: Desk, anki: Anki, tmp_path: Path) -> None:
    for number in range(4):
        write(anki, "Basic", "Lang", f"question {number}", "yes")
    done = study(anki, "Lang", 3, 1, 4)
    collection = anki.collection
    cards = sorted(collection.find_cards("deck:Lang"))
    collection.sched.suspend_cards([cards[0]])
    collection.set_user_flag_for_cards(2, [cards[1]])
    plan = plan_import(desk, give(anki, tmp_path / "n.apkg"))
    assert (plan.histories.of_others, plan.histories.of_ours, plan.no_history) == (3, 0, 0)
    carry_out(desk, plan)
    log = desk.store.history()
    assert {(r.at_ms, r.mode) for r in log} == {(at_ms, "import") for _, at_ms in done}
    assert len(desk.store.states()) == len({card for card, _ in done})
    marks = {(mark.card, mark.kind, mark.value) for mark in desk.store.marks()}
    assert marks == {("anki/lang#question-0", "suspended", "1"), ("anki/lang#question-1", "flag", "1")}
    assert doctor.check(desk.store).is_well
    assert desk.store.undo(now=desk.clock()) is None  # what was imported stays


def test_importing_again_adds_nothing_and_says_what_changed(desk: Desk, anki: Anki, tmp_path: Path) -> None:
    first = write(anki, "Basic", "Lang", "one", "eins")
    write(anki, "Basic", "Lang", "two", "zwei")
    carry_out(desk, plan_import(desk, give(anki, tmp_path / "a.apkg")))
    before = taken(desk)
    again = plan_import(desk, give(anki, tmp_path / "b.apkg", legacy=True))
    assert (again.is_empty, again.known, list(again.changed)) == (True, 2, [])
    found = anki.collection.get_note(first)  # type: ignore[arg-type]
    found["Back"] = "EINS"
    anki.collection.update_note(found)
    write(anki, "Basic", "Lang", "three", "drei")
    study(anki, "Lang", 3)
    third = plan_import(desk, give(anki, tmp_path / "c.apkg"))
    assert (third.known, list(third.changed), len(third.new)) == (2, ["anki/lang#one"], 1)
    carry_out(desk, third)
    after = taken(desk)
    assert {name: after[name] for name in before} == before
    assert after.keys() - before.keys() == {"anki/lang#three"}
    assert desk.store.states().keys() == {"anki/lang#one"}


def test_a_comment_and_a_card_of_ones_own_in_the_deck_file_stay(
    desk: Desk, anki: Anki, tmp_path: Path
) -> None:
    write(anki, "Basic", "Lang", "one", "eins")
    [file] = carry_out(desk, plan_import(desk, give(anki, tmp_path / "a.apkg"))).files
    own = file.read_text(encoding="utf-8") + "  - id: mine\n    question: Mine?\n    short: Yes.  # sure\n"
    file.write_text(own, encoding="utf-8")
    desk.reload_decks()
    write(anki, "Basic", "Lang", "Mine?", "No.")
    carry_out(desk, plan_import(desk, give(anki, tmp_path / "b.apkg")))
    assert file.read_text(encoding="utf-8").startswith(own)
    assert [name for name in taken(desk) if name.startswith("anki/lang#mine-")]


def test_a_deck_file_that_was_lost_comes_back_with_its_history(
    desk: Desk, anki: Anki, tmp_path: Path
) -> None:
    write(anki, "Basic", "Lang", "one", "eins")
    write(anki, "Basic", "Lang", "one", "uno")
    study(anki, "Lang", 3, 3)
    package = give(anki, tmp_path / "a.apkg")
    [file] = carry_out(desk, plan_import(desk, package)).files
    names, states = set(taken(desk)), desk.store.states()
    file.unlink()
    desk.reload_decks()
    assert taken(desk) == {}
    plan = plan_import(desk, package)
    assert (len(plan.new), plan.histories.of_others, plan.histories.known) == (2, 0, 2)
    carry_out(desk, plan)
    assert set(taken(desk)) == names
    assert desk.store.states() == states


def test_copied_deck_files_are_not_doubled(desk: Desk, world: World, tmp_path: Path) -> None:
    package = legacy(tmp_path, notes=[note(1, "one", "eins"), note(2, "two", "zwei")])
    carry_out(desk, plan_import(desk, package))
    other = tmp_path / "other"
    (other / "shipped").mkdir(parents=True)
    (other / "decks").symlink_to(desk.paths.user_decks)
    there = World(other, world.clock, world.settings).desk()
    plan = plan_import(there, package)
    assert list(plan.new) == []
    carry_out(there, plan)  # remembers the notes
    assert plan_import(there, package).known == 2
    there.close()


def test_if_the_store_fails_the_deck_files_are_taken_back(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carry_out(desk, plan_import(desk, legacy(tmp_path, notes=[note(1, "one", "eins")])))
    [file] = desk.paths.user_decks.rglob("*.yaml")
    before = file.read_bytes()
    more = [note(2, "two", "zwei"), note(3, "three", "drei")]
    cards = [(2, 2, 2, 0, 0, 0, 0, 0, 0), (3, 3, 1, 0, 0, 0, 0, 0, 0)]
    plan = plan_import(desk, legacy(tmp_path, notes=more, cards=cards))

    def fail(*_: object) -> None:
        assert len(list(desk.paths.user_decks.rglob("*.yaml"))) == 2
        raise StoreError("The disk is full.")

    monkeypatch.setattr(importing, "join", fail)
    with pytest.raises(StoreError, match="disk is full"):
        carry_out(desk, plan)
    assert list(desk.paths.user_decks.rglob("*.yaml")) == [file]
    assert file.read_bytes() == before


def test_a_broken_deck_file_stops_the_import(desk: Desk, tmp_path: Path) -> None:
    carry_out(desk, plan_import(desk, legacy(tmp_path, notes=[note(1, "one", "eins")])))
    [file] = desk.paths.user_decks.rglob("*.yaml")
    file.write_text("cards: [", encoding="utf-8")
    plan = plan_import(desk, legacy(tmp_path, notes=[note(2, "two", "zwei")]))
    with pytest.raises(DeckError, match="a deck has an error"):
        carry_out(desk, plan)
    assert file.read_text(encoding="utf-8") == "cards: ["


def test_cards_that_cannot_be_asked_are_counted_by_why(desk: Desk, anki: Anki, tmp_path: Path) -> None:
    write(anki, "Basic", "Lang", "<script>1</script><br>", "nothing asked")
    write(anki, "Image Occlusion", "Lang", "{{c1::image-occlusion:rect:left=.1:top=.1}}", "<img src='a.png'>")
    write(anki, "Basic", "Lang", "Open?", "")
    plan = plan_import(desk, give(anki, tmp_path / "n.apkg"))
    assert plan.skipped == {"without a question": 1, "that hide parts of a picture": 1}
    carry_out(desk, plan)
    [card] = taken(desk).values()
    assert (card.short, card.tags) == (UNANSWERED, ("unanswered",))


def test_a_cloze_without_its_number_and_a_note_twice(desk: Desk, tmp_path: Path) -> None:
    cloze = (1, "g1", 8, 0, "", "{{c1::a}} b\x1f")
    cards = [(n, 1, 2, n - 1, 0, 0, 0, 0, 0) for n in (1, 2)] + [(9, 2, 2, 0, 0, 0, 0, 0, 0)]
    plan = plan_import(desk, legacy(tmp_path, notes=[cloze, (2, "g1", 7, 0, "", "q\x1fa")], cards=cards))
    assert plan.skipped == {"without the gap they ask for": 1, "that are in the file twice": 1}
    assert [card.card.question for card in plan.new] == ["[...] b"]


def test_templates_of_ones_own(desk: Desk, anki: Anki, tmp_path: Path) -> None:
    models = anki.collection.models
    made = models.new("Mine")
    for name in ("Word", "Hint", "Meaning"):
        models.add_field(made, models.new_field(name))
    template = models.new_template("Ask")
    template["qfmt"] = "{{#Hint}}({{Hint}}) {{/Hint}}{{Word}}{{^Hint}}?{{/Hint}} {{Deck}}"
    template["afmt"] = "{{FrontSide}}<hr id='answer'>{{text:Meaning}} {{hint:Hint}}{{tts en_US:Word}}"
    models.add_template(made, template)
    cloze = models.new("My cloze")
    cloze["type"] = MODEL_CLOZE
    models.add_field(cloze, models.new_field("Body"))
    template = models.new_template("Ask")
    template["qfmt"], template["afmt"] = "{{cloze:Body}}{{type:cloze:Body}}", "{{cloze:Body}}"
    models.add_template(cloze, template)
    models.add(made)
    models.add(cloze)
    write(anki, "Mine", "Lang", "sky", "up", "Himmel")
    write(anki, "Mine", "Lang", "sea", "", "Meer")
    write(anki, "My cloze", "Lang", "{{c1::deep {{c2::blue}}}} sea")
    carry_out(desk, plan_import(desk, give(anki, tmp_path / "n.apkg")))
    assert [(c.question, c.short, c.detailed) for c in taken(desk).values()] == [
        ("(up) sky", "Himmel up", ""),
        ("sea?", "Meer", ""),
        ("[...] sea", "deep blue", "deep blue sea"),
        ("deep [...] sea", "blue", "deep blue sea"),
    ]


def test_only_one_of_the_two_things(desk: Desk, anki: Anki, tmp_path: Path) -> None:
    write(anki, "Basic", "Lang", "one", "eins")
    write(anki, "Basic", "Lang", "two", "zwei")  # so that there is something to study again at any hour
    study(anki, "Lang", 3)
    file = give(anki, tmp_path / "n.apkg")
    assert plan_import(desk, file, take_notes=False).is_empty
    carry_out(desk, plan_import(desk, file, take_reviews=False))
    study(anki, "Lang", 3)
    later = plan_import(desk, give(anki, tmp_path / "m.apkg"), take_notes=False)
    assert later.histories.of_others == 1  # of a card that is known by now


def test_cards_with_a_due_day_and_no_review_are_told(desk: Desk, tmp_path: Path) -> None:
    cards = [(1, 1, 2, 0, 0, 2, 2, 0, 0), (2, 2, 2, 0, 0, 2, 2, 0, 0)]
    reviews = [(1_790_000_000_000, 1, 3, 5, 2500, 900, 1)]
    file = legacy(tmp_path, notes=[note(1, "a", "b"), note(2, "c", "d")], cards=cards, reviews=reviews)
    assert plan_import(desk, file).no_history == 1


def test_a_card_in_a_filtered_deck_belongs_to_its_own(desk: Desk, tmp_path: Path) -> None:
    decks = {"2": {"name": "Cram"}, "3": {"name": "Home"}}
    file = legacy(tmp_path, notes=[note(1, "a", "b")], cards=[(1, 1, 2, 0, 0, 0, 0, 0, 3)], decks=decks)
    assert [deck.deck for deck in plan_import(desk, file).decks()] == ["anki/home"]


def test_large_decks_are_split_into_files(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newcards, "CARDS_A_FILE", 20)
    notes = [note(n, f"question {n}", "answer") for n in range(1, 42)]
    plan = plan_import(desk, legacy(tmp_path, notes=notes[:21]))
    assert [(d.deck, d.cards) for d in plan.decks()] == [("anki/lang/german", 20), ("anki/lang/german-2", 1)]
    carry_out(desk, plan)
    later = plan_import(desk, legacy(tmp_path, notes=notes))
    assert [(d.deck, d.cards) for d in later.decks()] == [
        ("anki/lang/german-2", 19),
        ("anki/lang/german-3", 1),
    ]
    carry_out(desk, later)
    assert len(taken(desk)) == 41
    assert list(desk.library.problems) == []
