"""Cards from JSON: a document of `export json`, or a plain list of questions and answers."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from interviewprep.cards.model import CARD_KINDS
from interviewprep.errors import ExchangeError
from interviewprep.exchange.drafts import Draft, FaultsError, ReadCards, plain_card, read_text
from interviewprep.exchange.jsonfile import FORMAT, VERSION
from interviewprep.exchange.newcards import deck_id_of, is_deck_id

_SHAPE: Final = (
    'Write a list like [{"question": "...", "answer": "...", "tags": ["..."], "deck": "..."}], or a document '
    "as `interviewprep export json` writes it."
)
_OURS_ONLY: Final = frozenset({"card", "hash"})


class _Plain(BaseModel):
    """One card of a plain list."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    question: str
    answer: str = ""
    tags: tuple[str, ...] = ()
    deck: str = ""


class _Deck(BaseModel):
    deck: str
    title: str = ""


class _Document(BaseModel):
    """A document of ours, its cards still as they are."""

    format: str
    version: int
    decks: list[_Deck] = []
    cards: list[dict[str, object]]
    reviews: list[object] = []


_PLAIN: Final = TypeAdapter(list[dict[str, object]])


def read_json(file: Path) -> ReadCards:
    """The cards of a JSON file. Raises ExchangeError, with every fault by entry and field."""
    text = read_text(file)
    try:
        raw: object = json.loads(text)
    except json.JSONDecodeError as error:
        raise ExchangeError(
            f"{file}:{error.lineno}:{error.colno}: {error.msg.lower()}.", hint=_SHAPE
        ) from None
    except RecursionError:
        raise ExchangeError(f"{file} is nested too deeply.", hint=_SHAPE) from None
    try:
        if isinstance(raw, dict):
            return _of_document(file, _Document.model_validate(raw))
        return _of_list(file, _PLAIN.validate_python(raw))
    except ValidationError as error:
        raise FaultsError(file, [f"{file}: {fault}" for fault in _faults(error)]) from None


def _of_list(file: Path, entries: list[dict[str, object]]) -> ReadCards:
    drafts: list[Draft] = []
    faults: list[str] = []
    for place, entry in enumerate(entries):
        try:
            found = _Plain.model_validate(entry)
            card = plain_card(found.question, found.answer, found.tags)
        except ValidationError as error:
            faults += [f"{file}: [{place}].{fault}" for fault in _faults(error)]
        except ValueError as error:
            faults.append(f"{file}: [{place}].question: {error}")
        else:
            deck = found.deck.strip()
            drafts.append(Draft(card, deck_id_of(deck) if deck else "", deck.rpartition("/")[2]))
    if faults:
        raise FaultsError(file, faults)
    return ReadCards(drafts, Counter())


def _of_document(file: Path, found: _Document) -> ReadCards:
    if found.format != FORMAT:
        raise ExchangeError(f"{file} is no export of interviewprep.", hint=_SHAPE)
    if found.version > VERSION:
        raise ExchangeError(
            f"{file} was written by a newer interviewprep.", hint="Upgrade this one. Nothing was changed."
        )
    titles = {deck.deck: deck.title for deck in found.decks}
    drafts: list[Draft] = []
    faults: list[str] = []
    for place, entry in enumerate(found.cards):
        deck, _, card_id = str(entry.get("card", "")).partition("#")
        model = CARD_KINDS.get(str(entry.get("kind", "qa")))
        if model is None or not card_id or not is_deck_id(deck):
            field = "kind" if model is None else "card"
            faults.append(f"{file}: cards[{place}].{field}: {entry.get(field)!r:.60} cannot be used")
            continue
        content = {key: value for key, value in entry.items() if key not in _OURS_ONLY} | {"id": card_id}
        try:
            card = model.model_validate(content)
        except ValidationError as error:
            faults += [f"{file}: cards[{place}].{fault}" for fault in _faults(error)]
            continue
        card = card.model_copy(update={"overrides": None, "base": ""})
        drafts.append(Draft(card, deck, titles.get(deck, ""), has_name=True))
    if faults:
        raise FaultsError(file, faults)
    reason = "of the log; `export progress` and `import progress` bring reviews"
    return ReadCards(drafts, Counter({reason: len(found.reviews)} if found.reviews else {}))


def _faults(error: ValidationError) -> list[str]:
    return [
        f"{'.'.join(map(str, fault['loc'])) or 'document'}: {fault['msg'].lower()}"
        for fault in error.errors(include_url=False, include_context=False, include_input=False)
    ]
