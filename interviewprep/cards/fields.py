"""What pydantic's complaints about a field mean, in plain words: what is wrong and what to write instead."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from pydantic import BaseModel

from interviewprep.cards import model
from interviewprep.cards.model import CARD_KINDS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PARTS: Mapping[str, type[BaseModel]] = {
    "variants": model.Variant,
    "key_points": model.KeyPoint,
    "misconceptions": model.Misconception,
    "analogies": model.Analogy,
    "computed": model.Computed,
    "follow_ups": model.FollowUp,
    "refs": model.Reference,
    "source": model.Source,
    "options": model.Option,
    "ranges": model.Range,
    "concepts": model.Concept,
}
_LIST_ERRORS = frozenset({"tuple_type", "list_type"})
_MAP_ERRORS = frozenset({"model_type", "model_attributes_type", "dict_type", "mapping_type"})
_PATTERNS = {
    "id": "an id has only a-z, 0-9 and hyphens",
    "concept": "a concept's id has only a-z, 0-9 and hyphens",
    "was": "a former name is `card` or `deck#card`",
    "overrides": "write the full name of the card it replaces, `deck#card`",
    "tags": "a tag is one word; join words with hyphens",
}


def explain(error: ErrorDetails, top: type[BaseModel]) -> str:
    """One sentence about a validation error of a `top` model (a card class, `DeckFile`)."""
    loc, kind, given = error["loc"], error["type"], error["input"]
    names = [step for step in loc if isinstance(step, str)]
    field = names[-1] if names else ""
    owner = _owner(top, names[:-1])
    if kind == "extra_forbidden":
        return _unknown_key(field, owner)
    if kind == "missing":
        said = (owner.model_fields[field].description or "").partition("\n")[0] if owner else ""
        return f"`{field}` is missing: {said[:1].lower()}{said[1:]}" if said else f"`{field}` is missing"
    subject = next((name for name in reversed(names) if owner is None or _is_key(name, top)), field)
    return f"`{subject}`: {_what_to_write(error, kind, given, subject)}"


def _what_to_write(error: ErrorDetails, kind: str, given: object, field: str) -> str:
    context = error.get("ctx", {})
    if given is None:
        return "an empty entry; write something or remove it"
    if kind == "string_type":
        return f"write a text here, not {_kind_of(given)}" + (
            "; put text with a colon in quotes" if isinstance(given, dict) else ""
        )
    if kind == "string_too_short":
        return "is empty; write something or remove it"
    if kind == "string_too_long":
        return f"is longer than {context.get('max_length')} characters"
    if kind == "string_pattern_mismatch":
        rule = _PATTERNS.get(field, "an id has only letters, digits, dots and hyphens")
        return f"{rule}, not `{_short(given)}`"
    if kind == "literal_error":
        return f"write {_alternatives(str(context.get('expected', '')))}, not `{_short(given)}`"
    if kind in _LIST_ERRORS:
        example = "[one, two]" if isinstance(given, dict) else f"[{_short(given)}]"
        return f"write a list, e.g. {example} or one entry a line after `-`, not {_kind_of(given)}"
    if kind == "too_short":
        return f"write at least {context.get('min_length')} entries"
    if kind in _MAP_ERRORS:
        return f"write keys and values here, not {_kind_of(given)}"
    if kind.startswith("bool"):
        return f"write true or false, not `{_short(given)}`"
    if kind.startswith("int"):
        return f"write a whole number, not `{_short(given)}`"
    if kind.startswith(("float", "finite")):
        return f"write a number, not `{_short(given)}`"
    message = error["msg"].removeprefix("Value error, ")
    return f"{message[:1].lower()}{message[1:]}"


def _unknown_key(key: str, owner: type[BaseModel] | None) -> str:
    if key == "<<":
        return "`<<` (merging another mapping) is not supported; write the keys out"
    known = sorted(owner.model_fields) if owner else []
    close = get_close_matches(key.lower().replace("-", "_"), known, n=1, cutoff=0.6)
    if close:
        return f"unknown key `{key}`; did you mean `{close[0]}`?"
    if owner in CARD_KINDS.values():
        for kind, card in CARD_KINDS.items():
            if key in card.model_fields:
                return f"`{key}` belongs to cards of `kind: {kind}`"
        if key in model.Concept.model_fields:
            return f"`{key}` belongs to a concept; write it under `concepts:` at the top of the file"
    return f"unknown key `{key}`; here stand {', '.join(known)}"


def _owner(top: type[BaseModel], names: list[str]) -> type[BaseModel] | None:
    owner: type[BaseModel] = top
    for name in names:
        owner = PARTS.get(name, owner)
    return owner


def _is_key(name: str, top: type[BaseModel]) -> bool:
    return name in top.model_fields or any(name in part.model_fields for part in PARTS.values())


def _alternatives(expected: str) -> str:
    return expected.replace("'", "`")


def _kind_of(given: object) -> str:
    if isinstance(given, dict):
        return "keys and values"
    return "a list" if isinstance(given, list | tuple) else "a single text"


def _short(given: object) -> str:
    text = str(given).replace("\n", " ")
    return text if len(text) <= 40 else text[:39] + "…"
