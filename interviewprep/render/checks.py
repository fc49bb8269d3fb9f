"""How a calculation is written out: the working line by line, the answer, the check.

Lines of text for the full screen, the line mode and exports alike. Numbers are never broken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

from interviewprep.render.charts import bar
from interviewprep.render.pictures import asciified, bars, matrix, roc, side_by_side

if TYPE_CHECKING:
    from interviewprep.checks.family import Picture

ANSWER: Final = "answer: "
"""How the last line of a working begins."""
CHECK: Final = "check: "
"""How the line begins that says how one sees that the answer is sensible."""
_NARROWEST: Final = 20
_FEWEST_BAR_CELLS: Final = 6
_MOST_BAR_CELLS: Final = 26
_BAR_GAP: Final = 3
_HANGING: Final = 4

_NUMBER: Final = re.compile(r"-?\d+(?:,\d{3})*(?:\.\d+)?(?:e-?\d+)?")
_LAST_NUMBER: Final = re.compile(r"= (-?[\d,]+\.\d+)$")

# Where a line may be broken, the best kind first: before a further equation, before an equals sign, ...
_BREAKS: Final = tuple(
    map(re.compile, (r"   +(?=\S)", r" (?=[=≈] )", r"(?<=;) ", r" (?=[-+*/>] )", r"(?<=[,:]) ", r" "))
)


# -- the working ---------------------------------------------------------------------------------


def working(
    steps: Sequence[str], pictures: Sequence[Picture] = (), *, width: int = 76, plain: bool = False
) -> list[str]:
    """Steps as lines at most `width` cells wide, equations of one form aligned, bars beside their shares.

    A line too long is broken at an operator or a comma, never inside a number (a width below 20 counts
    as 20). The answer's line, if it is among the steps, has its matrices drawn.
    """
    width = max(_NARROWEST, width)
    lines = aligned(steps, width=width)
    for picture in pictures:
        if (start := place_of(picture, steps)) is not None:
            _add_bars(lines, start, picture.values, width)
    found: list[str] = []
    for line in lines:
        found += answer_lines(line, width=width, plain=plain) if line.startswith(ANSWER) else fit(line, width)
    return [asciified(line) for line in found] if plain else found


def place_of(picture: Picture, steps: Sequence[str]) -> int | None:
    """Where a distribution's shares are the results of steps below one another; None where they are not."""
    if picture.kind != "bars" or len(picture.values) < 2:
        return None
    count = len(picture.values)
    for start in range(len(steps) - count + 1):
        if all(_gives(steps[start + i], share) for i, share in enumerate(picture.values)):
            return start
    return None


def _gives(step: str, share: float) -> bool:
    found = _LAST_NUMBER.search(step)
    if found is None or step.startswith(ANSWER):
        return False
    digits = len(found[1].partition(".")[2])
    return abs(float(found[1].replace(",", "")) - share) <= 0.51 * 10.0**-digits


def _add_bars(lines: list[str], start: int, shares: Sequence[float], width: int) -> None:
    column = max(len(line) for line in lines[start : start + len(shares)]) + _BAR_GAP
    room = min(_MOST_BAR_CELLS, width - column)
    if room < _FEWEST_BAR_CELLS:
        return
    for place, share in enumerate(shares, start):
        lines[place] = (lines[place].ljust(column) + bar(share, room, track=False)).rstrip()


def aligned(steps: Sequence[str], *, width: int = 76) -> list[str]:
    """Lines of one form below one another, with their numbers in columns and decimal points level."""
    lines: list[str] = []
    for form, group in groupby(steps, _form):
        same = list(group)
        columns = _in_columns(same) if form and len(same) > 1 else same
        lines += columns if max(map(len, columns)) <= width else same
    return lines


def _form(step: str) -> tuple[str, ...]:
    """A line's words with every number as `#`; lines of words only, and the answer, have none."""
    if step.startswith(ANSWER) or not _NUMBER.search(step):
        return ()
    return tuple(_NUMBER.sub("#", word) for word in step.split(" "))


def _in_columns(lines: Sequence[str]) -> list[str]:
    rows = [line.split(" ") for line in lines]
    columns = [
        _column(words, is_last=i == len(rows[0]) - 1) for i, words in enumerate(zip(*rows, strict=True))
    ]
    return [" ".join(words).rstrip() for words in zip(*columns, strict=True)]


def _column(words: Sequence[str], *, is_last: bool) -> list[str]:
    """Numbers level at their decimal points; other words to the right if they begin with a number."""
    if all(_NUMBER.fullmatch(word) for word in words):
        points = [word.partition(".") for word in words]
        whole = max(len(before) for before, _, _ in points)
        rest = max(len(dot + after) for _, dot, after in points)
        return [before.rjust(whole) + (dot + after).ljust(rest) for before, dot, after in points]
    width = max(map(len, words))
    if all(re.match(r"-?\d", word) for word in words):
        return [word.rjust(width) for word in words]
    return list(words) if is_last else [word.ljust(width) for word in words]


def fit(line: str, width: int) -> list[str]:
    """A line in pieces of at most `width` cells, broken at the best place; what follows is indented."""
    pieces = []
    indent = " " * (len(line) - len(line.lstrip()) + _HANGING)
    equals = line.find(" = ") + 1
    while len(line) > width:
        at = _break_in(line, width, len(indent))
        if at is None:
            break
        pieces.append(line[:at].rstrip())
        rest = line[at:].lstrip()
        # A further equals sign goes below the first.
        line = (" " * equals if rest.startswith("= ") and 0 < equals < width // 3 else indent) + rest
    return [*pieces, line]


def _break_in(line: str, width: int, least: int) -> int | None:
    """The index after which a line is broken; None where there is no place for it."""
    for kind, pattern in enumerate(_BREAKS):
        places = [m.end() for m in pattern.finditer(line) if least < m.start() <= width]
        # A good place far to the left would leave half the line empty: look for another kind.
        if places and (places[-1] > width // 3 or kind == len(_BREAKS) - 1):
            return places[-1]
    return None


# -- pictures of their own -----------------------------------------------------------------------


def pictures_below(
    steps: Sequence[str],
    pictures: Sequence[Picture],
    *,
    prompt: str = "",
    width: int = 76,
    plain: bool = False,
) -> list[str]:
    """The pictures that stand below the working: not a window (it moves), not bars that stand in it.

    A matrix that the prompt has is not drawn again; distributions of equal length stand side by side.
    """
    found: list[str] = []
    bars_left = [p for p in pictures if p.kind == "bars" and place_of(p, steps) is None]
    room = (width - _BAR_GAP * (len(bars_left) - 1)) // max(1, len(bars_left))
    blocks = [bars(p.labels, p.values, room if room >= _NARROWEST else width, plain=plain) for p in bars_left]
    found += side_by_side(blocks) if room >= _NARROWEST else [line for block in blocks for line in block]
    for picture in pictures:
        if picture.kind == "roc":
            found += roc(picture.image, min(36, width - 4), plain=plain)
        elif picture.kind == "matrix" and "[[" not in prompt:
            wide = len(picture.image[0])
            heads, names = picture.labels[:wide], picture.labels[wide:]
            found += matrix(picture.image, columns=heads, names=names, plain=plain)
    return found


# -- the answer ----------------------------------------------------------------------------------


def matrix_rows(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of `[[1, 2], [3, 4]]` as written."""
    return tuple(tuple(row.split(", ")) for row in re.findall(r"\[([^\[\]]+)\]", text))


def answer_lines(line: str, *, width: int = 76, plain: bool = False) -> list[str]:
    """`answer: a = 1; b = [[1, 2], [3, 4]]`: part below part where one line is too short, matrices drawn."""
    parts = line.removeprefix(ANSWER).split("; ")
    if len(line) <= width and "[[" not in line:
        return [line]
    names = [part.rpartition(" = ")[0] for part in parts]
    room = max(map(len, names))
    found: list[str] = []
    for part, name in zip(parts, names, strict=True):
        head = f"{name.ljust(room)} = " if name else ""
        value = part.rpartition(" = ")[2]
        if value.startswith("[["):
            rows = matrix(matrix_rows(value), plain=plain)
        else:
            rows = [piece.strip() for piece in fit(value, width - len(ANSWER) - len(head))]
        found += [head + rows[0], *(" " * len(head) + row for row in rows[1:])]
    return [(ANSWER if i == 0 else " " * len(ANSWER)) + text for i, text in enumerate(found)]


def sense_lines(sense: str, *, width: int = 76, plain: bool = False) -> list[str]:
    """`check: ...`: how one sees that the answer is sensible."""
    from textwrap import wrap

    indent = " " * len(CHECK)
    room = max(_NARROWEST, width)
    lines = wrap(CHECK + sense, room, subsequent_indent=indent, break_long_words=False)
    return [asciified(line) for line in lines] if plain else lines
