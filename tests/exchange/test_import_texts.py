"""Cards from tables, JSON and Markdown: what is new, what is here already, and every fault with its place."""

from __future__ import annotations

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import World

from interviewprep.cards.model import Card, QaCard
from interviewprep.errors import ExchangeError
from interviewprep.exchange.drafts import CardsImport, Draft, ReadCards, bring_cards, plan_cards
from interviewprep.exchange.jsoncards import read_json
from interviewprep.exchange.jsonfile import write_json
from interviewprep.exchange.outlines import read_outline
from interviewprep.exchange.sheet import write_sheet
from interviewprep.exchange.tables import read_table
from interviewprep.exchange.tsv import write_tsv
from interviewprep.study.authoring import UNANSWERED
from interviewprep.study.desk import Desk
from interviewprep.study.selection import Selection

Read = Callable[[Path], ReadCards]


def planned(desk: Desk, read: Read, name: str, content: str | bytes, *, deck: str = "") -> CardsImport:
    file = desk.paths.user_decks.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return plan_cards(desk, file, read(file), deck=deck)


def brought(desk: Desk, read: Read, name: str, content: str) -> dict[str, Card]:
    """The new cards by name, after importing."""
    before = {head.name for head in desk.library.heads}
    bring_cards(desk, planned(desk, read, name, content))
    return {h.name: desk.library.card(h.name) for h in desk.library.heads if h.name not in before}


def plain(cards: dict[str, Card]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    return [(name, card.question, card.short, card.tags) for name, card in cards.items()]


def drafts_or_error(read: Read, text: str) -> list[Draft]:
    """What a file with this text holds; nothing where an error names the file."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "any.txt"
        file.write_text(text, encoding="utf-8", newline="")
        try:
            return read(file).drafts
        except ExchangeError as error:
            if str(file) not in error.message:
                raise AssertionError(error.message) from error
            return []


# -- tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("my notes.csv", "question,answer,tags,deck\nWhy?,Because.,a b,\n"),
        ("my notes.csv", "Deck;Back;Front;Tags\r\n;Because.;Why?;a, b\r\n"),
        ("my notes.csv", "\ufeffWhy?,Because.,a b\n"),
        ("my-notes.tsv", "Why?\tBecause.\ta b\n\n"),
        ("my-notes.txt", "#separator:tab\n#html:true\n#tags column:3\n<div>Why?</div>\tBecause.\ta b\n"),
        ("my-notes.txt", "#separator:Pipe\n#columns:Tags|Front|Back\na b|Why?|Because.\n"),
        ("my-notes.txt", "#separator:;\n#tags:a b\nWhy?;Because.\n"),
        ("x.txt", "#deck:My notes\n#separator:tab\nWhy?\tBecause.\ta b\n"),
    ],
)
def test_a_table_in_any_usual_form(desk: Desk, name: str, content: str) -> None:
    found = plain(brought(desk, read_table, name, content))
    assert found == [("my-notes#why", "Why?", "Because.", ("a", "b"))]


def test_cells_may_hold_separators_quotes_and_lines(desk: Desk) -> None:
    content = 'question,answer\n"What, ""exactly""?","one\n\n- two"\n'
    [(name, question, short, _)] = plain(brought(desk, read_table, "t.csv", content))
    assert (name, question, short) == ("t#what-exactly", 'What, "exactly"?', "one\n\n- two")


def test_rows_name_their_decks(desk: Desk) -> None:
    content = "question,answer,deck\na,1,Lang::German\nb,2,\nc,3,../../x\n"
    assert list(brought(desk, read_table, "t.csv", content)) == ["lang/german#a", "t#b", "x#c"]


def test_without_an_answer_a_card_says_so(desk: Desk) -> None:
    [(_, _, short, tags)] = plain(brought(desk, read_table, "t.csv", "question,answer\nWhy?,\n"))
    assert (short, tags) == (UNANSWERED, ("unanswered",))


def test_a_table_twice_adds_nothing(desk: Desk) -> None:
    content = "question,answer\na,1\nb,2\na,1\n"
    assert len(brought(desk, read_table, "t.csv", content)) == 2
    again = planned(desk, read_table, "t.csv", content + "c,3\na,other\n")
    assert (len(again.new), again.known) == (2, 3)
    assert [new.card.short for new in again.new] == ["3", "other"]


def test_our_own_table_is_left_to_anki(desk: Desk) -> None:
    stream = StringIO()
    write_tsv(desk, stream, Selection(), as_one=False)
    plan = planned(desk, read_table, "t.tsv", stream.getvalue())
    assert list(plan.new) == []
    assert plan.skipped == {"exported from here, which a table cannot bring back": 5}


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("question,answer\na,1\n,2\nb,3\n ,4\n", r"t\.csv:3: question: is empty\n.*t\.csv:5: question"),
        ('question,answer\na,"1\n', r"t\.csv:2: row: unexpected end of data"),
        ('question,answer\na,"1"x\n', r"t\.csv:2: row"),
        ("a,1\nb," + "x" * 140_000 + "\n", r"t\.csv:2: row: field larger"),
        (b"a,1\nb,\xff\n", r"t\.csv:2: this is not UTF-8"),
    ],
)
def test_faults_in_a_table_have_a_place(desk: Desk, content: str | bytes, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        planned(desk, read_table, "t.csv", content)


def test_a_missing_file_and_one_too_large(desk: Desk, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ExchangeError, match="There is no file"):
        read_table(world.home / "none.csv")
    monkeypatch.setattr("interviewprep.exchange.drafts.MOST_BYTES", 10)
    with pytest.raises(ExchangeError, match="more than"):
        planned(desk, read_table, "t.csv", "a,1\n" * 10)


@given(st.text(alphabet='a,;\t"\n\r#:|x é', max_size=60))
def test_any_text_is_a_table_or_an_error(text: str) -> None:
    drafts = drafts_or_error(read_table, text)
    assert all(draft.card.question for draft in drafts)


# -- JSON ----------------------------------------------------------------------------------------


def test_a_plain_list(desk: Desk) -> None:
    entries = [{"question": "a", "answer": "1", "tags": ["x y"], "deck": "Lang/German"}, {"question": "b"}]
    assert plain(brought(desk, read_json, "j.json", json.dumps(entries))) == [
        ("j#b", "b", UNANSWERED, ("unanswered",)),
        ("lang/german#a", "a", "1", ("x-y",)),
    ]


def test_our_document_comes_back_whole(desk: Desk, world: World, tmp_path: Path) -> None:
    stream = StringIO()
    write_json(desk, stream, Selection(), with_progress=True)
    assert planned(desk, read_json, "j.json", stream.getvalue()).known == 5
    bare = tmp_path / "bare"
    (bare / "shipped").mkdir(parents=True)
    (bare / "decks").mkdir()
    there = World(bare, world.clock, world.settings).desk()
    found = brought(there, read_json, "j.json", stream.getvalue())
    assert found == {h.name: desk.library.card(h.name) for h in desk.library.heads}
    assert {deck.title for deck in there.library.decks} == {"Optimizers", "Losses"}
    there.close()


def test_a_card_that_says_something_else_stays(desk: Desk) -> None:
    stream = StringIO()
    write_json(desk, stream, Selection(), with_progress=False)
    plan = planned(desk, read_json, "j.json", stream.getvalue().replace("mean of the squared", "sum of the"))
    assert (plan.known, list(plan.differing), list(plan.new)) == (4, ["losses#mse"], [])


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[{", r"j\.json:1:3: "),
        ("[" * 200_000, "nested too deeply"),
        ("5", r"j\.json: document: input should be a valid list"),
        ('[{"question": ""}]', r"\[0\]\.question: is empty"),
        ('[{"question": "a", "front": "b"}]', r"\[0\]\.front: extra inputs"),
        ('{"cards": []}', "format: field required"),
        ('{"format": "other", "version": 1, "cards": []}', "no export of interviewprep"),
        ('{"format": "interviewprep-export", "version": 2, "cards": []}', "newer interviewprep"),
        (
            '{"format": "interviewprep-export", "version": 1, "cards": [{"card": "../x#a"}]}',
            r"cards\[0\]\.card: '\.\./x#a' cannot be used",
        ),
        (
            '{"format": "interviewprep-export", "version": 1, "cards": [{"card": "x#a", "kind": "song"}]}',
            r"cards\[0\]\.kind: 'song' cannot be used",
        ),
        (
            '{"format": "interviewprep-export", "version": 1, "cards": [{"card": "x#a", "question": "q"}]}',
            r"cards\[0\]\.short: field required",
        ),
    ],
)
def test_faults_in_json_have_a_place(desk: Desk, content: str, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        planned(desk, read_json, "j.json", content)


# -- Markdown ------------------------------------------------------------------------------------


def test_headings_are_questions(desk: Desk) -> None:
    content = (
        "Some words before.\n\n# My notes\n\nMore words.\n\n## What is *it*? ##\n\nThis.\n\n- a\n- b\n\n"
        "```\n## no heading\n```\n\n### In detail\n\nLong.\n\n### Further\n\nMore.\n\n## Open?\n"
    )
    found = brought(desk, read_outline, "m.md", content)
    first, second = found["my-notes#what-is-it"], found["my-notes#open"]
    assert first.question == "What is *it*?"
    assert first.short == "This.\n\n- a\n- b\n\n```\n## no heading\n```"
    assert first.detailed == "Long.\n\n**Further**\n\nMore."
    assert (second.short, second.tags) == (UNANSWERED, ("unanswered",))
    assert [deck.title for deck in desk.library.decks if deck.id == "my-notes"] == ["My notes"]
    assert planned(desk, read_outline, "m.md", content).known == 2


def test_a_study_sheet_comes_back(desk: Desk, world: World, tmp_path: Path) -> None:
    full = QaCard.model_validate(
        {
            "id": "full",
            "question": "Everything?",
            "variants": ["All of it?"],
            "short": "Yes.\n\nIndeed.",
            "one_liner": "Yes.",
            "detailed": "Some **more**.\n\n- a\n- b",
            "key_points": ["one", {"text": "two", "weight": "nice"}],
            "misconceptions": [{"wrong": "No.", "why": "It is so."}],
            "analogies": [{"text": "A ball.", "maps": ["speed = v"], "breaks": "No brakes."}],
            "example": "For example.",
            "follow_ups": [{"ask": "Why?", "answer": "Because."}],
            "refs": [{"text": "Someone 2016", "url": "https://example.org/a"}, "Another 2017"],
        }
    )
    from interviewprep.exchange.newcards import NewCard, decks_written

    with decks_written(desk, [NewCard("own", "Own", full)]):
        desk.reload_decks()
    stream = StringIO()
    write_sheet(desk, stream, Selection(decks=("own",)))
    assert planned(desk, read_outline, "m.md", stream.getvalue()).differing == []
    bare = tmp_path / "bare"
    (bare / "shipped").mkdir(parents=True)
    (bare / "decks").mkdir()
    there = World(bare, world.clock, world.settings).desk()
    assert brought(there, read_outline, "m.md", stream.getvalue()) == {"own#full": full}
    there.close()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "holds no question"),
        ("# only a title\n\ntext\n", "holds no question"),
        ("## q\n\na\n\n### Often said, and wrong\n\n- No reason\n", r"m\.md:1: misconceptions\.0\.why: "),
    ],
)
def test_faults_in_markdown_have_a_place(desk: Desk, content: str, message: str) -> None:
    with pytest.raises(ExchangeError, match=message):
        planned(desk, read_outline, "m.md", content)


@given(st.text(alphabet="#`~ \n-*a“”<>!", max_size=80))
def test_any_text_is_an_outline_or_an_error(text: str) -> None:
    drafts = drafts_or_error(read_outline, text)
    assert len(drafts) <= text.count("##")
