"""Models -> YAML text that reads well: blocks for long texts, brackets for lists of words.

What is written reads back equal (`loader.parse_deck`), and other YAML readers see texts as texts too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from interviewprep.cards.model import FORMAT, Card, DeckFile
from interviewprep.cards.text import clean

WIDTH = 100
Value = object
_FIRST = (
    "id",
    "kind",
    "form",
    "overrides",
    "base",
    "was",
    "concept",
    "about",
    "requires",
    "level",
    "priority",
)
_SECOND = ("tags", "question", "variants", "options", "short")
_PLAIN = re.compile(r"[^\W\d_][^\n\t:#\[\]{},&*!|>'\"%@`]*")
_PLAIN_IN_BLOCK = re.compile(r"[^\W\d_][^\n\t]*")
_PLAIN_WORD = re.compile(r"[\w.][\w.+/-]*")
# Words other YAML readers take for something else than text.
_READ_AS_OTHER = re.compile(
    r"(?i)y|n|yes|no|on|off|true|false|null|[\d._+-]+(e[\d+-]+)?|\.(inf|nan)|0[xo][\da-f_]+"
)


def deck_to_yaml(deck: DeckFile, *, schema: str = "") -> str:
    """A whole deck file; with `schema` (an address or relative path) its first line points editors there."""
    lines = [f"# yaml-language-server: $schema={schema}"] if schema else []
    lines.append(f"format: {FORMAT}")
    header = deck.model_dump(exclude_defaults=True, exclude={"format", "cards"})
    lines.extend(_mapping(header, 0))
    lines.append("cards:")
    for card in deck.cards:
        lines.extend(card_to_lines(card, indent=2))
    return "\n".join(lines) + "\n"


def card_to_lines(card: Card, *, indent: int) -> list[str]:
    """One card as an entry of the list of cards, its dash `indent` columns from the left."""
    values: dict[str, Value] = card.model_dump(exclude_defaults=True) | {"kind": card.kind}
    if card.kind == "qa":
        del values["kind"]
    if values.get("concept") == card.id:
        del values["concept"]
    order = [*_FIRST, *_SECOND, *(key for key in values if key not in (*_FIRST, *_SECOND))]
    return _item({key: values[key] for key in order if key in values}, indent)


def text_to_yaml(text: str, *, indent: int) -> str:
    """A text as the value of a key that stands `indent` columns from the left, blocks going on below it."""
    text = clean(text).strip()
    inner = " " * (indent + 2)
    if "\n" in text:
        return "|-\n" + "\n".join(inner + line if line else "" for line in text.split("\n"))
    if len(text) + indent > WIDTH:
        return ">-\n" + "\n".join(inner + line for line in _wrap(text, WIDTH - indent))
    if _is_plain(text) and ": " not in text and " #" not in text and not text.endswith(":"):
        return text
    return _quoted(text)


def _is_plain(text: str) -> bool:
    return _PLAIN_IN_BLOCK.fullmatch(text) is not None and _READ_AS_OTHER.fullmatch(text) is None


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _wrap(text: str, width: int) -> Iterator[str]:
    """Lines that fold back into the text: broken at single blanks only."""
    line = ""
    for word in re.split(r"(?<=\S) (?=\S)", text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line


def _mapping(values: Mapping[str, Value], indent: int) -> Iterator[str]:
    for key, value in values.items():
        yield from _pair(key, value, indent)


def _pair(key: str, value: Value, indent: int) -> Iterator[str]:
    lead = f"{' ' * indent}{_key(key)}:"
    if isinstance(value, str):
        yield from f"{lead} {text_to_yaml(value, indent=indent)}".split("\n")
    elif isinstance(value, Mapping) and value:
        yield lead
        yield from _mapping(value, indent + 2)
    elif isinstance(value, list | tuple) and not _fits(value, indent + len(key)):
        yield lead
        for item in value:
            yield from _item(item, indent + 2)
    else:
        yield f"{lead} {_flow(value)}"


def _item(value: Value, indent: int) -> list[str]:
    """An entry of a list, with its dash."""
    if isinstance(value, Mapping):
        lines = list(_mapping(value, indent + 2))
        return [" " * indent + "- " + lines[0][indent + 2 :], *lines[1:]]
    if isinstance(value, str):
        return f"{' ' * indent}- {text_to_yaml(value, indent=indent)}".split("\n")
    if isinstance(value, list | tuple) and not _fits(value, indent):
        return [f"{' ' * indent}-", *(line for inner in value for line in _item(inner, indent + 2))]
    return [f"{' ' * indent}- {_flow(value)}"]


def _fits(values: Sequence[Value], used: int) -> bool:
    """Whether a list can stand in brackets: single words only, or numbers, on one line."""
    return not any(_has_long(value) for value in values) and len(_flow(values)) + used < WIDTH


def _has_long(value: Value) -> bool:
    if isinstance(value, list | tuple):
        return any(_has_long(inner) for inner in value)
    return isinstance(value, Mapping) or (isinstance(value, str) and not _PLAIN_WORD.fullmatch(value))


def _flow(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        plain = _PLAIN_WORD.fullmatch(value) and value[0].isalpha() and not _READ_AS_OTHER.fullmatch(value)
        return value if plain else _quoted(clean(value))
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_flow, value))}]"
    return "{}" if isinstance(value, Mapping) else repr(value)


def _key(key: str) -> str:
    return key if _PLAIN_WORD.fullmatch(key) and _is_plain(key) else _quoted(key)
