"""Cards from Markdown: a study sheet of ours, or any text with `## question` above each answer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from interviewprep.cards.model import QaCard
from interviewprep.errors import ExchangeError
from interviewprep.exchange.drafts import Draft, FaultsError, ReadCards, plain_card, read_text
from interviewprep.exchange.newcards import deck_id_of, is_deck_id

_HEADING: Final = re.compile(r"(#{1,3})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE: Final = re.compile(r" {0,3}(`{3,}|~{3,})")
_NAME: Final = re.compile(r"<!-- card: (\S+)#([a-z0-9][a-z0-9-]*) -->")
_COMMENT: Final = re.compile(r"<!--.*-->")
_BULLET: Final = re.compile(r"[-*+][ \t]+(.*)")
_ONE_LINE: Final = "**In one line:** "
_BREAKS: Final = "**Breaks:** "
_ALSO: Final = "Also asked:"
_WRONG: Final = re.compile('[“"]([^”"]+)[”"][ ]*(.*)')
_BOLD_FIRST: Final = re.compile(r"\*\*([^*]+)\*\*[ ]*(.*)")
_TEXTS: Final = {"in detail": "detailed", "example": "example"}
_LISTS: Final = {
    "key points": "key_points",
    "often said, and wrong": "misconceptions",
    "what comes next": "follow_ups",
    "references": "refs",
}


@dataclass(slots=True)
class _Entry:
    """A question and the lines below it."""

    question: str
    line: int
    deck: str
    title: str
    name: tuple[str, str] | None = None
    """Deck and id, where a comment of a study sheet has them."""
    sections: dict[str, list[str]] = field(default_factory=lambda: {"": []})
    """Lines by heading of level 3; '' before the first one."""


def read_outline(file: Path) -> ReadCards:
    """The cards of a Markdown file: `# deck`, `## question`, text; sections as in a study sheet.

    Raises ExchangeError, with every fault by line and field.
    """
    drafts: list[Draft] = []
    faults: list[str] = []
    for entry in _entries(read_text(file)):
        try:
            card = _card(entry)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            where = ".".join(map(str, fault["loc"]))
            faults.append(f"{file}:{entry.line}: {where}: {fault['msg'].lower()}")
        except ValueError as error:
            faults.append(f"{file}:{entry.line}: question: {error}")
        else:
            if entry.name is not None and is_deck_id(entry.name[0]):
                named = card.model_copy(update={"id": entry.name[1], "concept": entry.name[1]})
                drafts.append(Draft(named, entry.name[0], entry.title, has_name=True))
            else:
                drafts.append(Draft(card, entry.deck, entry.title))
    if faults:
        raise FaultsError(file, faults)
    if not drafts:
        raise ExchangeError(
            f"{file} holds no question.", hint="Begin each one with `## `, and write the answer below it."
        )
    return ReadCards(drafts, Counter(), is_excerpt=True)


def _entries(text: str) -> Iterator[_Entry]:
    entry: _Entry | None = None
    section: list[str] = []
    deck = title = fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        mark = _FENCE.match(line)
        heading = None if fence or mark else _HEADING.fullmatch(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        level = len(heading[1]) if heading else 0
        if heading is None:
            name = None if fence or entry is None else _NAME.fullmatch(line.strip())
            if name is not None and entry is not None:
                entry.name = (name[1], name[2])
            elif fence or not _COMMENT.fullmatch(line.strip()):
                section.append(line)
        elif level == 3 and entry is not None:
            section = entry.sections.setdefault(heading[2].strip().lower(), [])
        else:
            if entry is not None:
                yield entry
            entry, section = None, []
            if level == 1:
                title = heading[2].strip()
                deck = deck_id_of(title)
            elif level == 2:
                entry = _Entry(heading[2].strip(), number, deck, title)
                section = entry.sections[""]
    if entry is not None:
        yield entry


def _card(entry: _Entry) -> QaCard:
    """Raises ValueError (ValidationError among them) for what cannot be a card."""
    first = _paragraphs(entry.sections[""])
    variants: list[str] = []
    rest: list[str] = []
    one_liner = ""
    for paragraph in first:
        if paragraph.startswith(_ONE_LINE):
            one_liner = paragraph.removeprefix(_ONE_LINE)
        elif paragraph.partition("\n")[0].strip() == _ALSO and entry.name is not None:
            variants = _bullets(paragraph.split("\n")[1:])
        else:
            rest.append(paragraph)
    extra: dict[str, object] = {"variants": variants, "one_liner": one_liner}
    details: list[str] = []
    for heading, lines in entry.sections.items():
        text = "\n".join(lines).strip("\n")
        if not heading or not text.strip():
            continue
        if heading in _TEXTS:
            extra[_TEXTS[heading]] = text
        elif heading in _LISTS:
            extra[_LISTS[heading]] = [_item(heading, item) for item in _bullets(lines)]
        elif heading == "analogy":
            extra["analogies"] = [_analogy(_paragraphs(lines))]
        else:
            details.append(f"**{heading.capitalize()}**\n\n{text}")
    if details:
        extra["detailed"] = "\n\n".join(filter(None, [str(extra.get("detailed", "")), *details]))
    plain = plain_card(entry.question, "\n\n".join(rest))
    given = plain.model_dump(exclude_defaults=True) | {key: value for key, value in extra.items() if value}
    return QaCard.model_validate(given)


def _paragraphs(lines: list[str]) -> list[str]:
    """Text between blank lines; blank lines in a fence do not part it."""
    found: list[list[str]] = [[]]
    fence = ""
    for line in lines:
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if line.strip() or fence:
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return ["\n".join(paragraph) for paragraph in found if paragraph]


def _bullets(lines: list[str]) -> list[str]:
    """Items of a list; a line that begins none goes on with the one before."""
    found: list[str] = []
    for line in lines:
        item = _BULLET.fullmatch(line.strip())
        if item is not None:
            found.append(item[1])
        elif line.strip() and found:
            found[-1] += f" {line.strip()}"
        elif line.strip():
            found.append(line.strip())
    return found


def _item(heading: str, text: str) -> dict[str, object]:
    if heading == "key points":
        bold = _BOLD_FIRST.fullmatch(text)
        if bold is not None and bold[1].strip() == "must":
            return {"weight": "must", "text": bold[2]}
        return {"weight": "nice", "text": text}
    if heading == "references":
        words, _, last = text.rpartition(" ")
        if words and last.startswith(("http://", "https://")):
            return {"text": words, "url": last}
        return {"text": text}
    pattern, keys = (
        (_WRONG, ("wrong", "why")) if heading == "often said, and wrong" else (_BOLD_FIRST, ("ask", "answer"))
    )
    found = pattern.fullmatch(text)
    return dict(zip(keys, (found[1], found[2]) if found else (text, ""), strict=True))


def _analogy(paragraphs: list[str]) -> dict[str, object]:
    texts = [p for p in paragraphs if not p.startswith((_BREAKS, "- "))]
    maps = [item for p in paragraphs if p.startswith("- ") for item in _bullets(p.split("\n"))]
    breaks = next((p.removeprefix(_BREAKS) for p in paragraphs if p.startswith(_BREAKS)), "")
    found: dict[str, object] = {"text": "\n\n".join(texts), "maps": maps, "breaks": breaks}
    return {key: value for key, value in found.items() if value}
