"""What a window finds in an image: convolution, edge kernels, pooling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean, median
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.numbers import Matrix, Value, Vector, flat, plain, shape_of, tabled

TOPIC = "convolution"


def _windows(image: Matrix, size: int, stride: int) -> tuple[tuple[Vector, ...], ...]:
    """The values below each position of a window, row by row, by rows of positions."""
    rows, columns = shape_of(image)
    return tuple(
        tuple(
            tuple(image[top + u][left + v] for u in range(size) for v in range(size))
            for left in range(0, columns - size + 1, stride)
        )
        for top in range(0, rows - size + 1, stride)
    )


def _slide(image: Matrix, size: int, stride: int, rule: Callable[[Vector], float]) -> Matrix:
    return tuple(tuple(rule(cells) for cells in row) for row in _windows(image, size, stride))


def _weighted(kernel: Matrix) -> Callable[[Vector], float]:
    weights = [w for row in kernel for w in row]
    return lambda cells: sum(w * x for w, x in zip(weights, cells, strict=True))


def _transposed(kernel: Matrix) -> Matrix:
    return tuple(zip(*kernel, strict=True))


def _flipped(kernel: Matrix) -> Matrix:
    """Turned by 180 degrees, as mathematical convolution does."""
    return tuple(row[::-1] for row in kernel[::-1])


def _product(weight: float, value: float) -> str:
    return "*".join(plain(n) if n >= 0 else f"({plain(n)})" for n in (value, weight))


def _added(values: Sequence[float]) -> str:
    """`2 - 4 + 0`."""
    first, *others = values
    return plain(first) + "".join(f" {'-' if v < 0 else '+'} {plain(abs(v))}" for v in others)


def _products(kernel: Matrix, cells: Vector) -> tuple[float, ...]:
    return tuple(w * x for w, x in zip((w for row in kernel for w in row), cells, strict=True))


def _one_window(kernel: Matrix, cells: Vector) -> tuple[str, ...]:
    """The working of one window: pixel * weight by rows of the window, then the sum."""
    size = len(kernel)
    lines = tuple(
        "  " + " + ".join(_product(w, x) for w, x in zip(row, cells[i * size :], strict=False))
        for i, row in enumerate(kernel)
    )
    sums = [sum(_products(kernel, cells)[i * size : (i + 1) * size]) for i in range(size)]
    width = max(len(line) for line in lines)
    return (
        *(f"{line:<{width}} = {plain(part)}" for line, part in zip(lines, sums, strict=True)),
        f"  {_added(sums)} = {plain(sum(sums))}",
    )


# -- conv-values ---------------------------------------------------------------------------------


class ValuesParams(NamedTuple):
    """An image, a kernel, and how far the kernel moves."""

    image: Matrix
    kernel: Matrix
    stride: int = 1


def _convolved(p: ValuesParams) -> Matrix:
    return _slide(p.image, len(p.kernel), p.stride, _weighted(p.kernel))


def _grid(rows: int, columns: int, cell: Callable[[], int]) -> Matrix:
    return tuple(tuple(cell() for _ in range(columns)) for _ in range(rows))


def _values_draw(draw: Draw) -> ValuesParams:
    rows, columns, size, stride = draw.pick(
        ((3, 3, 2, 1), (3, 3, 2, 1), (3, 4, 2, 1), (4, 4, 3, 1), (4, 5, 3, 1), (4, 4, 2, 2), (5, 5, 3, 2))
    )
    lowest = draw.pick((0, 0, -3))
    while True:
        kernel = _grid(size, size, lambda: draw.pick((-2, -1, -1, 0, 0, 1, 1, 2, 3)))
        p = ValuesParams(_grid(rows, columns, lambda: draw.whole(lowest, 3)), kernel, stride)
        if _convolved(p) != _convolved(p._replace(kernel=_flipped(kernel))):
            return p


def _values_mental(draw: Draw) -> ValuesParams:
    kernel = _grid(2, 2, lambda: draw.pick((-1, -1, 0, 1, 1, 2)))
    return ValuesParams(_grid(3, 3, lambda: draw.whole(0, 3)), kernel)


def _values_solve(p: ValuesParams) -> Solution:
    size, answer = len(p.kernel), _convolved(p)
    steps = ["row 1, column 1: pixel times weight below it, all added"]
    for i, row in enumerate(_windows(p.image, size, p.stride)):
        for j, cells in enumerate(row):
            if (i, j) == (0, 0):
                steps += _one_window(p.kernel, cells)
            else:
                products = _added(_products(p.kernel, cells))
                steps.append(f"row {i + 1}, column {j + 1}: {products} = {plain(answer[i][j])}")
    rows, columns = shape_of(p.image)
    high, wide = shape_of(answer)
    return Solution(
        parts=(Part("", answer, exact=True),),
        steps=tuple(steps),
        sense=f"A window of {size} fits at {high} of {rows} rows and {wide} of {columns} columns:"
        f" the map is {high}×{wide}.",
        pictures=(Picture("window", image=p.image, kernel=p.kernel, stride=p.stride),),
    )


def _same_size(p: ValuesParams) -> tuple[Matrix] | None:
    """The image framed with zeros: around for a kernel of 3, right and below for one of 2."""
    if p.stride > 1:
        return None
    before, columns = (len(p.kernel) - 1) // 2, len(p.image[0])
    after = len(p.kernel) - 1 - before
    empty = (0,) * (columns + before + after)
    middle = tuple((0,) * before + row + (0,) * after for row in p.image)
    return (_convolved(p._replace(image=(empty,) * before + middle + (empty,) * after)),)


CONV_VALUES = Family(
    name="conv-values",
    title="Convolution values",
    topic=TOPIC,
    priority=0,
    concept="convolution",
    example=ValuesParams(((1, 1, 1), (0, 1, 0), (0, 0, 0)), ((1, 0), (0, -1))),
    sample=_values_draw,
    prompt=lambda p: (
        f"A convolution layer slides the kernel {tabled(p.kernel)} over the image {tabled(p.image)} with"
        f" stride {p.stride}, no padding, no bias, as deep learning libraries do. What is the output?"
        " Whole numbers by rows, e.g. 1 2; 3 4."
    ),
    formula="y[i][j] = sum over u, v of K[u][v] * x[i*S + u][j*S + v]",
    solve=_values_solve,
    mistakes=(
        Mistake(
            "flipped",
            "flipped the kernel, as mathematics does",
            "Libraries do not flip: weight and pixel at the same place are multiplied.",
            lambda p: (_convolved(p._replace(kernel=_flipped(p.kernel))),),
        ),
        Mistake(
            "transposed-kernel",
            "read the kernel by columns",
            "The kernel's first row lies on the window's first row.",
            lambda p: (_convolved(p._replace(kernel=_transposed(p.kernel))),),
        ),
        Mistake(
            "same-size",
            "kept the image's size, with zeros outside",
            "Without padding the output has W - K + 1 values per side.",
            _same_size,
        ),
        Mistake(
            "no-stride",
            "moved the kernel by one pixel",
            "The kernel moves by the stride, so fewer windows count.",
            lambda p: (_convolved(p._replace(stride=1)),) if p.stride > 1 else None,
        ),
        Mistake(
            "no-minus",
            "lost the minus signs of the kernel",
            "Negative weights subtract the pixels below them.",
            lambda p: (_convolved(p._replace(kernel=tuple(tuple(abs(w) for w in row) for row in p.kernel))),),
        ),
    ),
    mental=_values_mental,
    level="medium",
)


# -- edge-kernel ---------------------------------------------------------------------------------


class EdgeParams(NamedTuple):
    """A patch as large as the kernel that lies on it."""

    patch: Matrix
    kernel: Matrix


VERTICAL: Matrix = ((1, 0, -1), (1, 0, -1), (1, 0, -1))
LINE: Matrix = ((1, 1, 1), (-2, -2, -2), (1, 1, 1))
_SOBEL: Matrix = ((1, 0, -1), (2, 0, -2), (1, 0, -1))
_POINT: Matrix = ((0, -1, 0), (-1, 4, -1), (0, -1, 0))
_KERNELS = (VERTICAL, VERTICAL, _SOBEL, _SOBEL, LINE, LINE, _POINT)


def _edge_response(p: EdgeParams, kernel: Matrix) -> float:
    return _slide(p.patch, 3, 1, _weighted(kernel))[0][0]


def _profile(draw: Draw, highest: int) -> Vector:
    """A step, a stripe or a ramp, seen along one line of pixels."""
    dark = draw.whole(0, highest - 4)
    bright = draw.whole(dark + 2, highest)
    half = (bright - dark) // 2
    found = draw.pick(
        (
            (dark, bright, bright),
            (dark, dark, bright),
            (dark, bright, dark),
            (bright, dark, bright),
            (dark, dark + half, dark + 2 * half),
        )
    )
    return found if draw.chance(0.5) else found[::-1]


def _edge_sample(draw: Draw, highest: int, noise: float) -> EdgeParams:
    profile = _profile(draw, highest)
    patch: Matrix = (profile,) * 3 if draw.chance(0.5) else tuple((x,) * 3 for x in profile)
    if draw.chance(noise):
        row, column, value = draw.whole(0, 2), draw.whole(0, 2), draw.whole(0, highest)
        patch = tuple(
            tuple(value if (i, j) == (row, column) else x for j, x in enumerate(line))
            for i, line in enumerate(patch)
        )
    kernel = draw.pick(_KERNELS)
    return EdgeParams(patch, _transposed(kernel) if draw.chance(0.5) else kernel)


def _edge_solve(p: EdgeParams) -> Solution:
    cells = tuple(x for row in p.patch for x in row)
    answer = _edge_response(p, p.kernel)
    total = sum(_products(p.kernel, cells))
    return Solution(
        parts=(Part("", answer, exact=True),),
        steps=("pixel times weight, row by row:", *_one_window(p.kernel, cells)),
        sense="The weights add to 0, so an even patch gives 0; brightness alone is no edge."
        if total
        else "What the kernel subtracts is as bright as what it adds: it sees nothing here.",
        pictures=(Picture("window", image=p.patch, kernel=p.kernel),),
    )


def _flip_response(p: EdgeParams) -> tuple[float] | None:
    """Where the response is negative, flipping the kernel is the same number as dropping the sign."""
    return (_edge_response(p, _flipped(p.kernel)),) if _edge_response(p, p.kernel) > 0 else None


def _without_sign(p: EdgeParams) -> tuple[float] | None:
    answer = _edge_response(p, p.kernel)
    return (-answer,) if answer < 0 else None


EDGE_KERNEL = Family(
    name="edge-kernel",
    title="Edge kernel response",
    topic=TOPIC,
    priority=0,
    concept="kernel-filter",
    example=EdgeParams(((1, 1, 1), (0, 0, 0), (1, 1, 1)), VERTICAL),
    sample=lambda draw: _edge_sample(draw, 10, 0.5),
    prompt=lambda p: (
        f"The kernel {tabled(p.kernel)} lies on the patch {tabled(p.patch)}; it is not flipped, there is no"
        " bias. Which value comes out? A whole number, with its sign."
    ),
    formula="sum over u, v of K[u][v] * x[u][v]",
    solve=_edge_solve,
    mistakes=(
        Mistake(
            "no-minus",
            "added where the kernel subtracts",
            "Negative weights subtract: where both sides are equal the kernel sees nothing.",
            lambda p: (_edge_response(p, tuple(tuple(abs(w) for w in row) for row in p.kernel)),),
        ),
        Mistake(
            "transposed-kernel",
            "took the kernel for the other direction",
            "[1, 0, -1] in each row compares left with right; its transpose, top with bottom.",
            lambda p: (_edge_response(p, _transposed(p.kernel)),),
        ),
        Mistake(
            "flipped",
            "flipped the kernel",
            "Multiply the weight and the pixel at the same place.",
            _flip_response,
        ),
        Mistake(
            "no-sign",
            "lost the sign: dropped it, or flipped the kernel",
            "The sign tells which side is brighter; ReLU would make 0 of this response.",
            _without_sign,
        ),
        Mistake(
            "averaged",
            "divided by the nine pixels",
            "A convolution adds the products; it does not average.",
            lambda p: (_edge_response(p, p.kernel) / 9,),
        ),
    ),
    mental=lambda draw: _edge_sample(draw, 6, 0.2),
    level="easy",
    refs=("Prewitt 1970, Object enhancement and extraction",),
)


# -- pooling -------------------------------------------------------------------------------------


class PoolingParams(NamedTuple):
    """A map, and what is done with each window of it."""

    image: Matrix
    window: int
    stride: int
    asked: tuple[str, ...] = ("max", "mean")


_RULES: dict[str, Callable[[Vector], float]] = {"max": max, "mean": fmean}


def _pooled(p: PoolingParams, rule: Callable[[Vector], float], stride: int = 0) -> Value:
    """The map of results, as a number where there is only one window."""
    found = _slide(p.image, p.window, stride or p.stride, rule)
    return found[0][0] if shape_of(found) == (1, 1) else found


def _pooling_draw(draw: Draw) -> PoolingParams:
    size, window, stride = draw.pick(
        ((2, 2, 2), (3, 3, 3), (4, 2, 2), (4, 2, 2), (6, 3, 3), (6, 2, 2), (3, 2, 1), (5, 3, 2))
    )
    asked = ("max", "mean") if size == window else (draw.pick(("max", "mean")),)
    if size // stride > 2:  # nine averages are no fun
        asked = ("max",)
    while True:
        p = PoolingParams(_grid(size, size, lambda: draw.whole(0, 9)), window, stride, asked)
        largest = _pooled(p, max)
        if largest != _pooled(p, lambda cells: cells[-1]) and (size == window or len(set(flat(largest))) > 1):
            return p


def _pooling_mental(draw: Draw) -> PoolingParams:
    while True:
        p = PoolingParams(_grid(2, 2, lambda: draw.whole(0, 9)), 2, 2)
        if max(max(row) for row in p.image) > p.image[1][1]:
            return p


def _pooling_prompt(p: PoolingParams) -> str:
    what = {"max": "max pooling", "mean": "average pooling"}
    exactly = {"max": "a whole number", "mean": "2 decimals"}
    if len(p.image) == p.window:
        return (
            f"Pool the whole map {tabled(p.image)} into one number: first with max pooling (a whole number),"
            " then with average pooling (2 decimals)."
        )
    asked = p.asked[0]
    size = f"{p.window}×{p.window}"
    digits = "whole numbers" if asked == "max" else exactly[asked] + " each"
    return (
        f"Apply {what[asked]} with windows of {size}, stride {p.stride}, no padding, to the map"
        f" {tabled(p.image)}. What is the output? By rows, {digits}."
    )


def _pooling_solve(p: PoolingParams) -> Solution:
    area = p.window * p.window
    parts = tuple(
        Part(
            name if len(p.asked) > 1 else "",
            _pooled(p, _RULES[name]),
            digits=2 if name == "mean" else 0,
            exact=name == "max",
            may_be_trivial=name == "max",
        )
        for name in p.asked
    )
    steps: list[str] = []
    for i, row in enumerate(_windows(p.image, p.window, p.stride)):
        for j, cells in enumerate(row):
            where = f"row {i + 1}, column {j + 1}: " if len(p.image) > p.window else ""
            if "max" in p.asked:
                steps.append(f"{where}max of {', '.join(plain(x) for x in cells)} = {plain(max(cells))}")
            if "mean" in p.asked:
                mean = parts[-1].show(fmean(cells))
                steps.append(f"{where}({' + '.join(plain(x) for x in cells)})/{area} = {mean}")
    return Solution(
        parts=parts,
        steps=tuple(steps),
        sense="Max pooling keeps a number of the window; an average lies between its smallest and largest.",
        pictures=(
            Picture("window", p.asked, image=p.image, kernel=((1,) * p.window,) * p.window, stride=p.stride),
        ),
    )


def _instead(
    rules: dict[str, Callable[[Vector], float]],
) -> Callable[[PoolingParams], tuple[Value | None, ...]]:
    """The answer with another rule for `max`, for `mean`, or for both."""
    return lambda p: tuple(_pooled(p, rules[name]) if name in rules else None for name in p.asked)


def _other_pooling(p: PoolingParams) -> tuple[Value] | None:
    """Max for average or the other way round; where both are asked that is a wrong order."""
    return (_pooled(p, _RULES["mean" if p.asked[0] == "max" else "max"]),) if len(p.asked) == 1 else None


def _other_stride(p: PoolingParams) -> tuple[Value, ...] | None:
    if len(p.image) == p.window:
        return None
    stride = 1 if p.stride > 1 else p.window
    return tuple(_pooled(p, _RULES[name], stride) for name in p.asked)


POOLING = Family(
    name="pooling",
    title="Max and average pooling",
    topic=TOPIC,
    priority=0,
    concept="pooling",
    example=PoolingParams(((1, 3), (2, 8)), 2, 2),
    sample=_pooling_draw,
    prompt=_pooling_prompt,
    formula="max, or sum / (K * K), of each K×K window",
    solve=_pooling_solve,
    mistakes=(
        Mistake(
            "summed",
            "added without dividing",
            "Divide by the number of values in the window, K * K.",
            _instead({"mean": sum}),
        ),
        Mistake(
            "median",
            "took the value in the middle",
            "Average pooling is the mean: add all, divide by K * K.",
            _instead({"mean": median}),
        ),
        Mistake(
            "divided-by-side",
            "divided by the side of the window",
            "A window has K * K values, not K.",
            _instead({"mean": lambda cells: sum(cells) / len(cells) ** 0.5}),
        ),
        Mistake(
            "last",
            "took the last value of each window",
            "Max pooling takes the largest value, wherever it lies.",
            _instead({"max": lambda cells: cells[-1]}),
        ),
        Mistake(
            "other-pooling",
            "took the other kind of pooling",
            "Max pooling keeps the largest value, average pooling the mean.",
            _other_pooling,
        ),
        Mistake(
            "other-stride",
            "moved the window by another stride",
            "The windows start a stride apart, whether they overlap or not.",
            _other_stride,
        ),
    ),
    mental=_pooling_mental,
    level="easy",
)

FAMILIES = (CONV_VALUES, EDGE_KERNEL, POOLING)
