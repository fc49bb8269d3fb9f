"""The JSON Schema of a deck file, for editors and `interviewprep decks schema`.

Made from the models, and loosened where a deck is read more kindly than pydantic's schema says: any scalar
is read as text, a part with one needed field may be a bare string, and what may be left out may be empty.
"""

from __future__ import annotations

import json
from collections.abc import ItemsView, Mapping
from typing import TypeAlias

from interviewprep.cards import model
from interviewprep.cards.fields import PARTS

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | bool | None"
FILE_NAME = "schema.json"
DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that editors know best."""
_TEXT: list[Json] = ["string", "number", "boolean"]
_RANGE: Json = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 3}


def json_schema() -> dict[str, Json]:
    """The schema as JSON-ready values."""
    made: dict[str, Json] = model.DeckFile.model_json_schema(mode="validation")
    definitions = made.pop("$defs", {})
    shorthand = {part.__name__ for part in PARTS.values() if issubclass(part, model.Part) and part.main}
    schema: dict[str, Json] = {"$schema": DRAFT, "title": "Deck of interview cards"}
    schema |= _loosened(made, shorthand, top=True)
    schema["$defs"] = {name: _any(definition, shorthand) for name, definition in _items(definitions)}
    return schema


def schema_text() -> str:
    """The schema as the text of `schema.json`."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _loosened(schema: Mapping[str, Json], shorthand: set[str], *, top: bool = False) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in schema.items():
        if key in ("title", "default") or (key == "description" and top):
            continue
        if key == "properties":
            needed = schema.get("required")
            found[key] = {
                name: _any(inner, shorthand)
                if isinstance(needed, list) and name in needed
                else _or_nothing(_any(inner, shorthand))
                for name, inner in _items(value)
            }
        elif key == "patternProperties":
            found[key] = {name: _or_nothing(_any(inner, shorthand)) for name, inner in _items(value)}
        else:
            found[key] = _any(value, shorthand)
    if found.get("type") == "string" and "enum" not in found and "const" not in found:
        found["type"] = _TEXT
        found.setdefault("minLength", 1)
    if "patternProperties" in found:
        found["additionalProperties"] = False
    reference = str(found.get("$ref", "")).rpartition("/")[2]
    if reference in shorthand:
        text: Json = {"type": _TEXT, "minLength": 1}
        return {"anyOf": [text, {"$ref": f"#/$defs/{reference}"}]}
    if reference == model.Range.__name__:
        return {"anyOf": [_RANGE, {"$ref": f"#/$defs/{reference}"}]}
    return found


def _or_nothing(schema: Json) -> Json:
    """The same, but it may also be left empty."""
    if not isinstance(schema, dict):
        return schema
    kind, either = schema.get("type"), schema.get("anyOf")
    nothing: Json = {"type": "null"}
    if isinstance(either, list):
        return {**schema, "anyOf": either if nothing in either else [*either, nothing]}
    if kind is None or "enum" in schema or "const" in schema:
        return {"anyOf": [schema, nothing]}
    return {**schema, "type": [*(kind if isinstance(kind, list) else [kind]), "null"]}


def _any(value: Json, shorthand: set[str]) -> Json:
    if isinstance(value, dict):
        return _loosened(value, shorthand)
    if isinstance(value, list):
        return [_any(inner, shorthand) for inner in value]
    return value


def _items(value: Json) -> ItemsView[str, Json]:
    return value.items() if isinstance(value, dict) else {}.items()
