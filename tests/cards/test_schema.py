"""The JSON Schema: the file in the repository is the one of the models, and says what the loader says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml
from cards.reading import decks, read
from hypothesis import HealthCheck, given, settings

from interviewprep.cards.model import DeckFile
from interviewprep.cards.schema import json_schema, schema_text
from interviewprep.cards.writing import deck_to_yaml
from interviewprep.settings import shipped_decks

VALIDATOR = jsonschema.Draft7Validator(json_schema())
README = Path(__file__).parents[2] / "decks" / "README.md"


def as_editors_read(text: str) -> object:
    """YAML with its implicit types, dates as the texts they are in JSON."""
    return json.loads(json.dumps(yaml.load(text, Loader=yaml.CSafeLoader), default=str))


def test_the_schema_in_the_repository_is_up_to_date() -> None:
    committed = (shipped_decks() / "schema.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "run: interviewprep decks schema > decks/schema.json"


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(json_schema())


@pytest.mark.parametrize("path", sorted(shipped_decks().rglob("*.yaml")), ids=lambda p: p.stem)
def test_shipped_decks_fit_the_schema_and_point_to_it(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    VALIDATOR.validate(as_editors_read(text))
    first = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", text.split("\n")[0])
    assert first
    assert (path.parent / first[1]).resolve() == (shipped_decks() / "schema.json").resolve()


@pytest.mark.parametrize(
    "card",
    [
        "{id: a, question: no, short: 012}",
        "{id: a, question: 1:30, short: 3.10, example: 2026-12-01, tags: [on, 7]}",
        "{id: a, question: q, short: s, key_points: [one, 2], refs: [x], variants: [why]}",
        "{id: a, question: q, short: s, level: , priority: ~, tags: null, kind: , source: }",
        "{id: n, kind: numeric, question: q, family: f, params: {a: 1, b: [1, 2]}, ranges: {c: [1, 2]}}",
        "{id: n, kind: numeric, question: q, family: f, ranges: {c: {of: [1, 2]}}}",
        "{id: c, kind: choice, question: q, options: [{text: true, right: true}, {text: false}]}",
    ],
)
def test_what_the_loader_takes_the_schema_takes(card: str) -> None:
    text = f"cards:\n  - {card}\n"
    assert read(text).problems == ()
    VALIDATOR.validate(as_editors_read(text))


@pytest.mark.parametrize(
    "text",
    [
        "colour: red",
        "format: 2",
        "cards: [{id: a, question: q}]",
        "cards: [{id: A b, question: q, short: s}]",
        "cards: [{id: a, question: q, short: s, level: Medium}]",
        "cards: [{id: a, question: q, short: ''}]",
        "cards: [{id: a, question: q, short: s, key_points: [{txt: a}]}]",
        "cards: [{id: a, question: q, short: s, tags: one}]",
        "cards: [{id: a, kind: numeric, question: q}]",
        "concepts: {A: {title: x}}",
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(text: str) -> None:
    assert read(text).problems
    assert not VALIDATOR.is_valid(as_editors_read(text))


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(decks())
def test_any_deck_fits_the_schema(deck: DeckFile) -> None:
    VALIDATOR.validate(as_editors_read(deck_to_yaml(deck)))


def examples() -> list[str]:
    """The YAML blocks of the README, as whole decks."""
    blocks = re.findall(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    return [block if "cards:" in block else f"cards:\n{block}" for block in blocks]


@pytest.mark.parametrize("text", examples())
def test_the_examples_of_the_readme_load_and_fit_the_schema(text: str) -> None:
    assert read(text).problems == ()
    VALIDATOR.validate(as_editors_read(text))


def test_the_readme_shows_every_field() -> None:
    text = README.read_text(encoding="utf-8")
    definitions = json_schema()["$defs"]
    assert isinstance(definitions, dict)
    fields = set(DeckFile.model_fields)
    for definition in definitions.values():
        assert isinstance(definition, dict)
        properties = definition.get("properties", {})
        assert isinstance(properties, dict)
        fields |= properties.keys()
    missing = {field for field in fields if not re.search(rf"\b{field}:", text)}
    assert missing <= {"low", "high", "step"}, "fields of ranges are written as a list"
