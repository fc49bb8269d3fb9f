"""A window moving over an image: convolution and pooling, one position at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.text import Text

from interviewprep.checks.numbers import plain as number
from interviewprep.checks.numbers import show
from interviewprep.render.pictures import brackets, matrix

MEAN_DIGITS: Final = 2
_UNDER: Final = "bold reverse"
"""The cells under the window; they stand in brackets too, so nothing is said by style alone."""

Grid = Sequence[Sequence[float]]


class Place(NamedTuple):
    """One position of the window: its row and column in the output map, counted from 0."""

    row: int
    column: int


def places(image: Grid, kernel: Grid, stride: int) -> list[Place]:
    """All positions in the order of reading."""
    high = (len(image) - len(kernel)) // stride + 1
    wide = (len(image[0]) - len(kernel[0])) // stride + 1
    return [Place(row, column) for row in range(high) for column in range(wide)]


def window(
    image: Grid,
    kernel: Grid,
    stride: int,
    at: int,
    *,
    rules: Sequence[str] = (),
    width: int = 76,
    plain: bool = False,
) -> list[Text]:
    """The image with the window at its position number `at` (from 0), what it computes there, the map so far.

    `rules` (`max`, `mean`) make it pooling, where the kernel counts by its shape alone.
    """
    there = places(image, kernel, stride)
    at = max(0, min(at, len(there) - 1))
    here = there[at]
    rule = rules[0] if rules else ""
    blocks = [_titled("image" if not rules else "map", _image(image, kernel, stride, here, plain=plain))]
    if not rules:
        blocks.append(_titled("kernel", _texts(matrix(kernel, plain=plain))))
    under = _under(image, kernel, stride, here)
    sums = _texts(_pooled(under, rules) if rules else _products(under, kernel))
    output = _titled("output", _texts(_output(image, kernel, stride, at, rule, plain=plain)))
    said = _titled("under the window" if rules else "pixel * weight", sums)
    together = [*blocks, said] if len(there) == 1 else [*blocks, said, output]
    for gap in (4, 3, 2):
        if _width(together, gap) <= width:
            lines = _row(together, gap)
            break
    else:
        lines = [*_row([block for block in together if block is not said], 2), Text(""), *said]
    where = f"window {at + 1} of {len(there)}: row {here.row + 1}, column {here.column + 1} of the output"
    return [Text(where), *lines] if len(there) > 1 else lines


def _titled(title: str, lines: list[Text]) -> list[Text]:
    return [Text(title, style="italic"), *lines]


def _texts(lines: Sequence[str]) -> list[Text]:
    return [Text(line) for line in lines]


def _under(image: Grid, kernel: Grid, stride: int, here: Place) -> list[list[float]]:
    top, left = here.row * stride, here.column * stride
    return [list(row[left : left + len(kernel[0])]) for row in image[top : top + len(kernel)]]


def _image(image: Grid, kernel: Grid, stride: int, here: Place, *, plain: bool) -> list[Text]:
    """The image; in its rows under the window the cells there stand in brackets."""
    top, left = here.row * stride, here.column * stride
    right = left + len(kernel[0]) - 1
    widths = [max(len(number(row[c])) for row in image) for c in range(len(image[0]))]
    lines = []
    for y, row in enumerate(image):
        edges = brackets(y, len(image), plain=plain)
        line = Text(edges[0])
        is_under = top <= y < top + len(kernel)
        for x, value in enumerate(row):
            line.append("[" if is_under and x == left else "" if is_under and x == right + 1 else " ")
            line.append(number(value).rjust(widths[x]), _UNDER if is_under and left <= x <= right else None)
            if is_under and x == right:
                line.append("]")
        line.append(("" if is_under and right == len(row) - 1 else " ") + edges[1])
        lines.append(line)
    return lines


def _products(under: Grid, kernel: Grid) -> list[str]:
    """`1*1 + 1*0 = 1` for each row of the window, and their sum."""
    rows = [
        [_product(x, w) for x, w in zip(xs, ws, strict=True)] for xs, ws in zip(under, kernel, strict=True)
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    sums = [sum(x * w for x, w in zip(xs, ws, strict=True)) for xs, ws in zip(under, kernel, strict=True)]
    shown = [number(s) for s in (*sums, sum(sums))]
    end = max(map(len, shown))
    lines = [
        " + ".join(p.ljust(w) for p, w in zip(row, widths, strict=True)) + f" = {s.rjust(end)}"
        for row, s in zip(rows, shown, strict=False)
    ]
    return [*lines, f"{'together':>{sum(widths) + 3 * (len(widths) - 1)}} = {shown[-1].rjust(end)}"]


def _product(pixel: float, weight: float) -> str:
    shown = number(weight)
    return f"{number(pixel)}*{shown if weight >= 0 else f'({shown})'}"


def _pooled(under: Grid, rules: Sequence[str]) -> list[str]:
    shown = [_pool(under, rule) for rule in rules]
    names, figures = max(map(len, rules)), max(map(len, shown))
    values = ", ".join(number(x) for row in under for x in row)
    return [values, *(f"{r.ljust(names)} = {v.rjust(figures)}" for r, v in zip(rules, shown, strict=True))]


def _pool(under: Grid, rule: str) -> str:
    values = [x for row in under for x in row]
    return number(max(values)) if rule == "max" else show(sum(values) / len(values), MEAN_DIGITS)


def _output(image: Grid, kernel: Grid, stride: int, at: int, rule: str, *, plain: bool) -> list[str]:
    """The map as far as the window has come; `·` where it has not been yet."""
    there = places(image, kernel, stride)
    cells: list[list[str]] = [["" for _ in range(there[-1].column + 1)] for _ in range(there[-1].row + 1)]
    blank = "." if plain else "·"
    for place, here in enumerate(there):
        under = _under(image, kernel, stride, here)
        if rule:
            value = _pool(under, rule)
        else:
            value = number(
                sum(x * w for xs, ws in zip(under, kernel, strict=True) for x, w in zip(xs, ws, strict=True))
            )
        # The width of what is to come is kept, so that nothing moves when the window does.
        cells[here.row][here.column] = value if place <= at else blank.rjust(len(value))
    return matrix(cells, plain=plain)


def _width(blocks: Sequence[Sequence[Text]], gap: int) -> int:
    return sum(max(line.cell_len for line in block) for block in blocks) + gap * (len(blocks) - 1)


def _row(blocks: Sequence[Sequence[Text]], gap: int) -> list[Text]:
    """Blocks next to each other."""
    widths = [max(cell_len(line.plain) for line in block) for block in blocks]
    lines = []
    for y in range(max(map(len, blocks))):
        line = Text()
        for block, wide in zip(blocks, widths, strict=True):
            cell = block[y] if y < len(block) else Text("")
            if line.plain or block is not blocks[0]:
                line.append(" " * gap)
            line.append_text(cell)
            line.append(" " * (wide - cell.cell_len))
        line.rstrip()
        lines.append(line)
    return lines
