"""How large a feature map comes out."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.numbers import plain

TOPIC = "convolution"


# -- conv-output ---------------------------------------------------------------------------------


class OutputParams(NamedTuple):
    """A convolution along one side of its input."""

    width: int
    kernel: int
    stride: int = 1
    padding: int = 0
    dilation: int = 1


def _room(p: OutputParams, *, sides: int = 2, dilated: bool = True) -> int:
    """How far the window can be moved: the padded width less what the kernel covers."""
    dilation = p.dilation if dilated else 1
    return p.width + sides * p.padding - dilation * (p.kernel - 1) - 1


def _places(room: int, stride: int) -> int:
    """Where a window fits that is moved by `stride`; no place is no size one can ask for."""
    if room < 0:
        raise ValueError("the kernel is wider than the padded input")
    return room // stride + 1


def _output_draw(draw: Draw) -> OutputParams:
    width = draw.whole(5, 64) if draw.chance(0.7) else draw.pick((96, 100, 112, 128, 224, 227, 256))
    kernel = draw.pick((2, 3, 3, 3, 4, 5, 5, 7, 11))
    dilation = draw.whole(2, 3) if kernel <= 5 and draw.chance(0.4) else 1
    padding = draw.whole(1, 5) if draw.chance(0.6) else 0
    return OutputParams(width, kernel, draw.pick((1, 2, 2, 3, 4)), padding, dilation)


def _output_mental(draw: Draw) -> OutputParams:
    kernel = draw.pick((2, 3, 3, 5))
    dilation = 2 if kernel == 3 and draw.chance(0.3) else 1
    return OutputParams(draw.whole(6, 32), kernel, draw.whole(1, 2), draw.whole(0, 2), dilation)


def _setting(p: OutputParams) -> str:
    around = f"padding {p.padding} on each side" if p.padding else "no padding"
    gaps = f", dilation {p.dilation}" if p.dilation > 1 else ""
    return f"kernel {p.kernel}×{p.kernel}, stride {p.stride}, {around}{gaps}"


def _output_solve(p: OutputParams) -> Solution:
    covers = p.dilation * (p.kernel - 1) + 1
    padded = p.width + 2 * p.padding
    room = _room(p)
    answer = _places(room, p.stride)
    floor = f"{plain(room / p.stride)}, rounded down: " if room % p.stride else ""
    return Solution(
        parts=(Part("", answer, exact=True),),
        steps=(
            *((f"padded width = {p.width} + 2*{p.padding} = {padded}",) if p.padding else ()),
            f"the kernel covers {p.dilation}*({p.kernel} - 1) + 1 = {covers}",
            f"room to move = {padded} - {covers} = {room}",
            f"steps = {room}/{p.stride} = {floor}{room // p.stride}",
            f"positions = {room // p.stride} + 1 = {answer}",
        ),
        sense=f"The last window starts at {(answer - 1) * p.stride} (from 0) and ends at"
        f" {(answer - 1) * p.stride + covers - 1}, inside the padded width {padded}.",
    )


CONV_OUTPUT = Family(
    name="conv-output",
    title="Convolution output size",
    topic=TOPIC,
    priority=0,
    concept="stride",
    example=OutputParams(6, 3),
    sample=_output_draw,
    prompt=lambda p: (
        f"A convolution ({_setting(p)}) gets an input of {p.width}×{p.width}."
        " How wide is the output? A whole number."
    ),
    formula="floor((W + 2P - D(K - 1) - 1) / S) + 1",
    solve=_output_solve,
    mistakes=(
        Mistake(
            "no-plus-one",
            "forgot the + 1",
            "Count positions, not the steps between them: + 1.",
            lambda p: (_places(_room(p), p.stride) - 1,),
        ),
        Mistake(
            "padding-once",
            "added the padding on one side only",
            "Both sides are padded: W + 2P.",
            lambda p: (_places(_room(p, sides=1), p.stride),),
        ),
        Mistake(
            "ceil",
            "rounded up",
            "A window that does not fit is left out: round down.",
            lambda p: (-(-_room(p) // p.stride) + 1,),
        ),
        Mistake(
            "no-dilation",
            "ignored the dilation",
            "With gaps the kernel covers D(K - 1) + 1 pixels.",
            lambda p: (_places(_room(p, dilated=False), p.stride),),
        ),
        Mistake(
            "no-stride",
            "ignored the stride",
            "Only every S-th position is used: divide by S before the + 1.",
            lambda p: (_places(_room(p), 1),),
        ),
    ),
    mental=_output_mental,
    level="easy",
    refs=("Dumoulin & Visin 2016, A guide to convolution arithmetic for deep learning",),
)


# -- same-padding --------------------------------------------------------------------------------


class SameParams(NamedTuple):
    """An odd kernel that moves by one pixel."""

    width: int
    kernel: int
    dilation: int = 1


def _same_draw(draw: Draw) -> SameParams:
    kernel = draw.pick((3, 3, 5, 5, 7, 9, 11))
    dilation = draw.whole(1, 3)
    return SameParams(draw.whole(dilation * (kernel - 1) + 1, 64), kernel, dilation)


def _same_answer(p: SameParams, padding: int) -> tuple[int, int]:
    return padding, p.width + 2 * padding


def _same_solve(p: SameParams) -> Solution:
    covers = p.dilation * (p.kernel - 1) + 1
    padding, padded = _same_answer(p, (covers - 1) // 2)
    return Solution(
        parts=(
            Part("padding", padding, exact=True, may_be_trivial=True),
            Part("padded width", padded, exact=True),
        ),
        steps=(
            f"the kernel covers {p.dilation}*({p.kernel} - 1) + 1 = {covers} pixels",
            f"without padding {covers} - 1 = {covers - 1} positions are lost",
            f"half of them on each side: {covers - 1}/2 = {padding}",
            f"padded width = {p.width} + 2*{padding} = {padded}",
        ),
        sense=f"{padded} - {covers} + 1 = {p.width}: the output is as wide as the input.",
    )


SAME_PADDING = Family(
    name="same-padding",
    title="Padding that keeps the size",
    topic=TOPIC,
    priority=0,
    concept="padding",
    example=SameParams(5, 3),
    sample=_same_draw,
    prompt=lambda p: (
        f"A convolution (kernel {p.kernel}×{p.kernel}, stride 1"
        + (f", dilation {p.dilation}" if p.dilation > 1 else "")
        + f") shall keep the size of its input, {p.width}×{p.width}. How many pixels of padding does"
        " each side get, and how wide is the padded input? Two whole numbers."
    ),
    formula="P = D(K - 1) / 2 on each side;  padded width = W + 2P",
    solve=_same_solve,
    mistakes=(
        Mistake(
            "no-dilation",
            "took K // 2 and ignored the dilation",
            "With gaps the kernel covers D(K - 1) + 1 pixels; halve that.",
            lambda p: _same_answer(p, p.kernel // 2),
        ),
        Mistake(
            "both-sides-at-once",
            "gave each side what both get together",
            "D(K - 1) pixels in all: half of them on each side.",
            lambda p: _same_answer(p, p.dilation * (p.kernel - 1)),
        ),
        Mistake(
            "one-side",
            "widened the image on one side only",
            "There are two sides: W + 2P.",
            lambda p: (None, p.width + p.dilation * (p.kernel - 1) // 2),
        ),
        Mistake(
            "one-more",
            "halved what the kernel covers and rounded up",
            "The centre pixel needs no padding: halve D(K - 1).",
            lambda p: _same_answer(p, lost // 2 + 1) if (lost := p.dilation * (p.kernel - 1)) > 2 else None,
        ),
    ),
    mental=lambda draw: SameParams(draw.whole(5, 32), draw.pick((3, 5, 7)), draw.whole(1, 2)),
    level="easy",
)


# -- pool-output ---------------------------------------------------------------------------------


class PoolParams(NamedTuple):
    """A pooling window without padding; the stride is at most its size."""

    width: int
    window: int
    stride: int
    ceil_mode: bool = False


def _pool_places(p: PoolParams, *, up: bool) -> int:
    room = p.width - p.window
    return (-(-room // p.stride) if up else room // p.stride) + 1


def _pool_draw(draw: Draw) -> PoolParams:
    window = draw.pick((2, 2, 3, 3, 4, 5))
    stride = draw.whole(2, window)
    room = draw.whole(1, 35) * stride + (draw.whole(1, stride - 1) if draw.chance(0.7) else 0)
    return PoolParams(room + window, window, stride, draw.chance(0.4))


def _pool_mental(draw: Draw) -> PoolParams:
    window = draw.whole(2, 3)
    return PoolParams(draw.whole(5, 30), window, draw.whole(2, window), draw.chance(0.4))


def _pool_solve(p: PoolParams) -> Solution:
    room = p.width - p.window
    answer = _pool_places(p, up=p.ceil_mode)
    steps = answer - 1
    exact = plain(room / p.stride)
    way = f"{exact}, rounded {'up' if p.ceil_mode else 'down'}: " if room % p.stride else ""
    end = steps * p.stride + p.window
    return Solution(
        parts=(Part("", answer, exact=True),),
        steps=(
            f"room to move = {p.width} - {p.window} = {room}",
            f"steps = {room}/{p.stride} = {way}{steps}",
            f"positions = {steps} + 1 = {answer}",
        ),
        sense=f"The last window covers pixels {end - p.window + 1} to {end} of {p.width}"
        + (", and is cut off at the border." if end > p.width else "."),
    )


POOL_OUTPUT = Family(
    name="pool-output",
    title="Pooling output size",
    topic=TOPIC,
    priority=1,
    concept="pooling",
    example=PoolParams(7, 2, 2),
    sample=_pool_draw,
    prompt=lambda p: (
        f"Pooling (window {p.window}×{p.window}, stride {p.stride}, no padding, ceil_mode={p.ceil_mode}"
        + ("" if p.ceil_mode else ", the default")
        + f") gets a map of {p.width}×{p.width}. How wide is the output? A whole number."
    ),
    formula="floor((W - K) / S) + 1;  ceil instead of floor with ceil_mode (S <= K)",
    solve=_pool_solve,
    rule=lambda p: "the window is larger than the input" if p.window > p.width else "",
    mistakes=(
        Mistake(
            "rounded-up",
            "rounded up without ceil_mode",
            "The default leaves out a window that does not fit: round down.",
            lambda p: None if p.ceil_mode else (_pool_places(p, up=True),),
        ),
        Mistake(
            "rounded-down",
            "rounded down in spite of ceil_mode",
            "With ceil_mode a last, cut-off window counts as well: round up.",
            lambda p: (_pool_places(p, up=False),) if p.ceil_mode else None,
        ),
        Mistake(
            "no-plus-one",
            "forgot the + 1",
            "Count positions, not the steps between them: + 1.",
            lambda p: (_pool_places(p, up=p.ceil_mode) - 1,) if _plus_one_tells(p) else None,
        ),
        Mistake(
            "no-stride",
            "moved the window by one pixel",
            "The window moves by the stride: divide by S before the + 1.",
            lambda p: (p.width - p.window + 1,),
        ),
    ),
    mental=_pool_mental,
    level="easy",
    refs=("PyTorch documentation, MaxPool2d (ceil_mode)",),
)


def _plus_one_tells(p: PoolParams) -> bool:
    """With ceil_mode and a rest, leaving out the + 1 is the same number as rounding down."""
    return not (p.ceil_mode and (p.width - p.window) % p.stride)


# -- transposed-conv -----------------------------------------------------------------------------


class TransposedParams(NamedTuple):
    """A transposed convolution along one side of its input."""

    width: int
    kernel: int
    stride: int
    padding: int = 0
    output_padding: int = 0
    dilation: int = 1


def _transposed(p: TransposedParams) -> int:
    covers = p.dilation * (p.kernel - 1) + 1
    return (p.width - 1) * p.stride - 2 * p.padding + covers + p.output_padding


def _forward(p: TransposedParams) -> int:
    return _places(_room(OutputParams(p.width, p.kernel, p.stride, p.padding, p.dilation)), p.stride)


def _transposed_draw(draw: Draw) -> TransposedParams:
    stride = draw.pick((1, 2, 2, 2, 3, 4))
    kernel = draw.pick((2, 3, 3, 4, 4, 5))
    padding = draw.whole(0, kernel // 2)
    dilation = 2 if draw.chance(0.2) else 1
    output_padding = draw.whole(1, stride - 1) if stride > 1 and draw.chance(0.6) else 0
    return TransposedParams(draw.whole(2, 64), kernel, stride, padding, output_padding, dilation)


def _transposed_mental(draw: Draw) -> TransposedParams:
    padding = draw.whole(0, 1)
    return TransposedParams(draw.whole(3, 20), draw.whole(2, 4), 2, padding, draw.whole(0, 1))


def _transposed_prompt(p: TransposedParams) -> str:
    extra = f", output padding {p.output_padding}" if p.output_padding else ""
    extra += f", dilation {p.dilation}" if p.dilation > 1 else ""
    return (
        f"A transposed convolution (kernel {p.kernel}×{p.kernel}, stride {p.stride}, padding {p.padding}"
        f"{extra}; meant as in PyTorch) gets a map of {p.width}×{p.width}."
        " How wide is the output? A whole number."
    )


def _transposed_solve(p: TransposedParams) -> Solution:
    covers = p.dilation * (p.kernel - 1) + 1
    spread = (p.width - 1) * p.stride
    answer = _transposed(p)
    room = answer + 2 * p.padding - covers
    return Solution(
        parts=(Part("", answer, exact=True),),
        steps=(
            f"inputs land {p.stride} apart: ({p.width} - 1)*{p.stride} = {spread}",
            f"the last one is spread over {p.dilation}*({p.kernel} - 1) + 1 = {covers}",
            f"full width = {spread} + {covers} = {spread + covers}",
            f"padding is cut off: {spread + covers} - 2*{p.padding} = {answer - p.output_padding}",
            *(
                (f"output padding: {answer - p.output_padding} + {p.output_padding} = {answer}",)
                if p.output_padding
                else ()
            ),
        ),
        sense=f"The convolution with the same numbers leads from {answer} back to"
        f" floor({room}/{p.stride}) + 1 = {p.width}.",
    )


TRANSPOSED_CONV = Family(
    name="transposed-conv",
    title="Transposed convolution output size",
    topic=TOPIC,
    priority=2,
    concept="transposed-convolution",
    example=TransposedParams(4, 3, 2, 1, 1),
    sample=_transposed_draw,
    prompt=_transposed_prompt,
    formula="(W - 1)S - 2P + D(K - 1) + OP + 1",
    solve=_transposed_solve,
    rule=lambda p: "the padding takes away the whole output" if _transposed(p) < 1 else "",
    mistakes=(
        Mistake(
            "forward",
            "used the formula of the ordinary convolution",
            "A transposed convolution goes the other way: its input is that one's output.",
            lambda p: (_forward(p),),
        ),
        Mistake(
            "no-output-padding",
            "left out the output padding",
            "Several widths lead to the same input; OP adds the missing pixels once.",
            lambda p: (_transposed(p._replace(output_padding=0)),),
        ),
        Mistake(
            "padding-added",
            "added the padding",
            "Here padding is cut off the output: - 2P.",
            lambda p: (_transposed(p) + 4 * p.padding,),
        ),
        Mistake(
            "no-dilation",
            "ignored the dilation",
            "With gaps the kernel covers D(K - 1) + 1 pixels.",
            lambda p: (_transposed(p._replace(dilation=1)),),
        ),
        Mistake(
            "times-stride",
            "only multiplied by the stride",
            "That holds where 2P = D(K - 1) + 1 + OP - S, not for any numbers.",
            lambda p: (p.width * p.stride,),
        ),
    ),
    mental=_transposed_mental,
    level="hard",
    refs=("Dumoulin & Visin 2016, A guide to convolution arithmetic for deep learning",),
)

FAMILIES = (CONV_OUTPUT, SAME_PADDING, POOL_OUTPUT, TRANSPOSED_CONV)
