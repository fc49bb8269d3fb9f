"""Bytes of a deck file -> nodes with positions. All scalars are text; dangerous files are refused early.

PyYAML's own composer recurses in C and dies on deeply nested input, guesses types and lets the last of two
equal keys win. So only the event stream of the C parser is used, and the nodes are built here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

from interviewprep.cards.explain import explain_syntax, suspicious_escape
from interviewprep.cards.text import clean, has_unwanted

MAX_BYTES = 5_000_000
MAX_DEPTH = 20
MAX_NODES = 300_000
MAX_ALIASED = 100_000
"""Characters and values that aliases may add to a file."""

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_MISSING = frozenset({"", "~", "null", "Null", "NULL"})
_CUT = re.compile(r"[ \t]+#[^\s#]")


class Fault(NamedTuple):
    """Something wrong in a text, at a 1-based line and column (0 where the whole file is meant)."""

    line: int
    column: int
    message: str


class SourceError(Exception):
    """The text cannot be read as a deck at all; `fault` says where and why."""

    def __init__(self, line: int, column: int, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(line, column, message)


@dataclass(frozen=True, slots=True)
class TextNode:
    """A scalar. `missing` where nothing (or a plain `null` or `~`) was written."""

    line: int
    column: int
    text: str
    missing: bool = False


@dataclass(frozen=True, slots=True)
class ListNode:
    """A sequence; `flow` if written in brackets."""

    line: int
    column: int
    items: tuple[Node, ...]
    flow: bool = False


class Entry(NamedTuple):
    """A key's place and its value."""

    line: int
    column: int
    value: Node


@dataclass(frozen=True, slots=True)
class MapNode:
    """A mapping; `flow` if written in braces. Of two equal keys the first is kept."""

    line: int
    column: int
    entries: Mapping[str, Entry]
    faults: tuple[Fault, ...] = ()
    """Keys that stand twice."""
    flow: bool = False


Node = TextNode | ListNode | MapNode


class Source(NamedTuple):
    """A deck file as nodes."""

    root: MapNode | None
    """None for a file that holds nothing but comments."""
    notes: tuple[Fault, ...]
    """Text that probably does not say what its author meant."""


def read_source(data: bytes) -> Source:
    """Read the bytes of a deck file. Raises SourceError with a place and plain words."""
    if len(data) > MAX_BYTES:
        size = len(data) / 1_000_000
        raise SourceError(0, 0, f"the file has {size:.1f} MB; a deck may have 5 MB, so split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line_start = data.rfind(b"\n", 0, error.start) + 1
        line = data.count(b"\n", 0, error.start) + 1
        message = "this is not UTF-8 text; save the file as UTF-8"
        raise SourceError(line, error.start - line_start + 1, message) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    notes = list(_unwanted(text)) if has_unwanted(text) else []
    return _Builder(clean(text), notes).build()


def _unwanted(text: str) -> Iterator[Fault]:
    for number, line in enumerate(text.split("\n"), start=1):
        if has_unwanted(line):
            column = next(i for i, c in enumerate(line, start=1) if has_unwanted(c))
            yield Fault(number, column, "control characters and text-direction overrides are left out here")


@dataclass(slots=True)
class _Open:
    """A list or mapping that is still being read."""

    line: int
    column: int
    is_map: bool
    flow: bool
    anchor: str | None
    began_at: int
    """Size of everything read before it."""
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    key: TextNode | None = None


class _Builder:
    """Builds nodes from parser events on a stack of its own, counting depth and size as it goes."""

    def __init__(self, text: str, notes: list[Fault]) -> None:
        self.text = text
        self.notes = notes
        self.stack: list[_Open] = []
        self.root: Node | None = None
        self.anchors: dict[str, tuple[Node, int]] = {}
        self.unused: dict[str, SourceError] = {}
        self.size = 0
        self.nodes = 0
        self.aliased = 0
        self.documents = 0

    def build(self) -> Source:
        loader = _Loader(self.text)
        try:
            while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            raise SourceError(*explain_syntax(error, self.text)) from None
        except yaml.YAMLError as error:
            raise SourceError(0, 0, f"this is not YAML: {str(error).splitlines()[0]}") from None
        finally:
            loader.dispose()
        if self.unused:
            raise next(iter(self.unused.values()))
        root = self.root
        if root is None or (isinstance(root, TextNode) and root.missing):
            return Source(None, tuple(self.notes))
        if not isinstance(root, MapNode):
            hint = "write `cards:` above the list" if isinstance(root, ListNode) else "begin with `cards:`"
            raise SourceError(root.line, root.column, f"a deck begins with keys such as `title:`; {hint}")
        return Source(root, tuple(self.notes))

    def _take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        line, column = (mark.line + 1, mark.column + 1) if mark is not None else (0, 0)
        if isinstance(event, yaml.ScalarEvent):
            self._check(event, line, column)
            self._scalar(event, line, column)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check(event, line, column)
            self._open(event, line, column)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.AliasEvent):
            self._alias(event.anchor or "", line, column)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                raise SourceError(line, column, "a second document begins here; remove the `---` line")

    def _check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int, column: int) -> None:
        """Refuse what would lose text or memory, whatever the value is."""
        self.nodes += 1
        self.size += 1
        if self.nodes > MAX_NODES:
            raise SourceError(line, column, f"more than {MAX_NODES} values in one file; split the deck")
        if event.tag is not None and event.tag != "!":
            raise SourceError(line, column, "text may not begin with `!`; put it in quotes")
        if event.anchor is not None:
            message = f"`&{event.anchor}` names a value nobody uses; put text that begins with `&` in quotes"
            self.unused[event.anchor] = SourceError(line, column, message)

    def _scalar(self, event: yaml.ScalarEvent, line: int, column: int) -> None:
        text: str = event.value
        self.size += len(text)
        if not event.style:
            node = TextNode(line, column, text, missing=text in _MISSING)
            end = event.end_mark
            if end is not None and not node.missing and _CUT.match(self.text, end.index):
                self.notes.append(
                    Fault(line, column, "the text ends before ` #`, which begins a comment; put it in quotes")
                )
        else:
            if event.style == '"' and (found := suspicious_escape(text)):
                self.notes.append(Fault(line, column, found))
            node = TextNode(line, column, clean(text))
        if event.anchor is not None:
            self.anchors[event.anchor] = (node, len(text) + 1)
        self._add(node, line, column)

    def _open(self, event: yaml.CollectionStartEvent, line: int, column: int) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise SourceError(line, column, f"nested more than {MAX_DEPTH} deep; no deck needs that")
        is_map = isinstance(event, yaml.MappingStartEvent)
        top = _Open(line, column, is_map, bool(event.flow_style), event.anchor, self.size)
        self.stack.append(top)

    def _close(self) -> None:
        done = self.stack.pop()
        node: Node
        if done.is_map:
            node = MapNode(done.line, done.column, done.entries, tuple(done.faults), done.flow)
        else:
            node = ListNode(done.line, done.column, tuple(done.items), done.flow)
        if done.anchor is not None:
            self.anchors[done.anchor] = (node, self.size - done.began_at)
        self._add(node, done.line, done.column)

    def _alias(self, anchor: str, line: int, column: int) -> None:
        if anchor not in self.anchors:
            raise SourceError(
                line, column, f"`*{anchor}` stands for nothing; put text that begins with `*` in quotes"
            )
        node, size = self.anchors[anchor]
        self.unused.pop(anchor, None)
        self.aliased += size + 1
        self.size += size
        if self.aliased > MAX_ALIASED:
            raise SourceError(line, column, "aliases repeat too much text; write it out or split the deck")
        self._add(node, line, column)

    def _add(self, node: Node, line: int, column: int) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if not top.is_map:
            top.items.append(node)
        elif top.key is None:
            if not isinstance(node, TextNode):
                message = "a list or mapping cannot be a key; put text that begins with `[` or `{` in quotes"
                raise SourceError(line, column, message)
            # The place is the key's own even where an alias stands for it.
            top.key = TextNode(line, column, node.text)
        else:
            key, top.key = top.key, None
            if key.text in top.entries:
                message = (
                    f"`{key.text}` stands here a second time, first in line {top.entries[key.text].line}"
                )
                top.faults.append(Fault(key.line, key.column, f"{message}; keep one of them"))
            else:
                top.entries[key.text] = Entry(key.line, key.column, node)
