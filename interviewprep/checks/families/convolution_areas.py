"""Parts of an image: what one value of a map sees, and how far two boxes agree."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.numbers import listed

TOPIC = "convolution"


# -- receptive-field -----------------------------------------------------------------------------


class Layer(NamedTuple):
    """One layer's window."""

    kernel: int
    stride: int = 1
    dilation: int = 1


class FieldParams(NamedTuple):
    """Layers from the image upwards."""

    layers: tuple[Layer, ...]


_POOL = Layer(2, 2)


def _field(layers: Sequence[Layer], *, early: bool = False) -> int:
    """The receptive field; `early` lets a layer's own stride count for itself already."""
    field, jump = 1, 1
    for layer in layers:
        if early:
            jump *= layer.stride
        field += (layer.kernel - 1) * layer.dilation * jump
        if not early:
            jump *= layer.stride
    return field


def _field_draw(draw: Draw) -> FieldParams:
    while True:
        layers: list[Layer] = []
        for _ in range(draw.whole(2, 5)):
            if layers and layers[-1] != _POOL and draw.chance(0.35):
                layers.append(_POOL)
            elif draw.chance(0.2):
                layers.append(Layer(3, 1, draw.whole(2, 3)))
            else:
                layers.append(Layer(draw.pick((3, 3, 3, 5, 7)), draw.pick((1, 1, 2))))
        kernels = [layer.kernel for layer in layers]
        if _field(layers) not in {sum(kernels), prod(kernels)}:
            return FieldParams(tuple(layers))


def _field_mental(draw: Draw) -> FieldParams:
    layers = [
        Layer(draw.pick((3, 3, 5)), draw.whole(1, 2)),
        draw.pick((_POOL, Layer(3), Layer(5), Layer(3, 1, 2))),
        draw.pick((Layer(3), Layer(3), Layer(5))),
    ]
    return FieldParams(tuple(layers[: draw.whole(2, 3)]))


def _layer_name(layer: Layer) -> str:
    if layer == _POOL:
        return "2×2 pooling with stride 2"
    extras = [f"stride {layer.stride}"] if layer.stride > 1 else []
    extras += [f"dilation {layer.dilation}"] if layer.dilation > 1 else []
    return f"{layer.kernel}×{layer.kernel} convolution" + (f" with {', '.join(extras)}" if extras else "")


def _field_solve(p: FieldParams) -> Solution:
    steps = ["one pixel sees r = 1; neighbours are j = 1 pixel apart"]
    field, jump = 1, 1
    for layer in p.layers:
        dilated = f"*{layer.dilation}" if layer.dilation > 1 else ""
        grown = field + (layer.kernel - 1) * layer.dilation * jump
        line = f"K={layer.kernel} S={layer.stride}:"
        line += f" r = {field} + ({layer.kernel} - 1){dilated}*{jump} = {grown}"
        if layer.stride > 1:
            line += f",  j = {jump}*{layer.stride} = {jump * layer.stride}"
        field, jump = grown, jump * layer.stride
        steps.append(line)
    total = 1 + sum((layer.kernel - 1) * layer.dilation for layer in p.layers)
    sense = (
        f"Without strides it would be {total}; every stride makes the later layers see more."
        if field > total
        else "With no stride below the last layer each layer just adds D(K - 1) pixels."
    )
    return Solution(parts=(Part("", field, exact=True),), steps=tuple(steps), sense=sense)


RECEPTIVE_FIELD = Family(
    name="receptive-field",
    title="Receptive field",
    topic=TOPIC,
    priority=1,
    concept="receptive-field",
    example=FieldParams((Layer(3), Layer(3), Layer(3))),
    sample=_field_draw,
    prompt=lambda p: (
        "From the image upwards: "
        + "; ".join(_layer_name(layer) for layer in p.layers)
        + ". Stride and dilation are 1 where not said. How many image pixels wide is the area that"
        " one value of the last map depends on? A whole number."
    ),
    formula="r = 1, j = 1;  per layer r += (K - 1) * D * j, then j *= S",
    solve=_field_solve,
    rule=lambda p: "" if p.layers else "there is no layer",
    mistakes=(
        Mistake(
            "sum-of-kernels",
            "added the kernel sizes",
            "Start at 1 and add K - 1 per layer, times the pixels between neighbours.",
            lambda p: (sum(layer.kernel for layer in p.layers),),
        ),
        Mistake(
            "no-stride",
            "ignored the strides",
            "Later layers step over j image pixels at a time, j the product of the strides before.",
            lambda p: (_field([layer._replace(stride=1) for layer in p.layers]),),
        ),
        Mistake(
            "product",
            "multiplied the kernel sizes",
            "Windows overlap: each layer adds (K - 1) * j, it does not multiply.",
            lambda p: (prod(layer.kernel for layer in p.layers),),
        ),
        Mistake(
            "own-stride",
            "let a layer's own stride count for itself",
            "A stride spreads the windows of the layers after it, not its own.",
            lambda p: (_field(p.layers, early=True),),
        ),
        Mistake(
            "no-dilation",
            "ignored the dilation",
            "A kernel with gaps reaches over D(K - 1) + 1 values.",
            lambda p: (_field([layer._replace(dilation=1) for layer in p.layers]),),
        ),
    ),
    mental=_field_mental,
    level="medium",
    refs=("Araujo, Norris & Sim 2019, Computing receptive fields of convolutional neural networks, Distill",),
)


# -- iou -----------------------------------------------------------------------------------------


class Box(NamedTuple):
    """Corners of a box, x to the right and y down (or up: it makes no difference)."""

    x1: int
    y1: int
    x2: int
    y2: int


class BoxParams(NamedTuple):
    """Two boxes."""

    first: Box
    second: Box


def _area(box: Box, more: int = 0) -> int:
    return (box.x2 - box.x1 + more) * (box.y2 - box.y1 + more)


def _shared(p: BoxParams) -> Box:
    """The box both have in common; one side is negative, or both are, where they have none."""
    a, b = p
    return Box(max(a.x1, b.x1), max(a.y1, b.y1), min(a.x2, b.x2), min(a.y2, b.y2))


def _overlap(p: BoxParams, more: int = 0) -> int:
    box = _shared(p)
    return max(0, box.x2 - box.x1 + more) * max(0, box.y2 - box.y1 + more)


def _iou(p: BoxParams, more: int = 0) -> float:
    shared = _overlap(p, more)
    return shared / (_area(p.first, more) + _area(p.second, more) - shared)


def _unclamped(p: BoxParams) -> float:
    shared = _area(_shared(p))
    return shared / (_area(p.first) + _area(p.second) - shared)


def _box_draw(draw: Draw, size: int, largest: int) -> Box:
    width, height = draw.whole(2, largest), draw.whole(2, largest)
    x, y = draw.whole(0, size - width), draw.whole(0, size - height)
    return Box(x, y, x + width, y + height)


def _iou_draw(draw: Draw) -> BoxParams:
    apart = draw.chance(0.1)
    while True:
        p = BoxParams(_box_draw(draw, 20, 14), _box_draw(draw, 20, 14))
        if (_overlap(p) == 0) == apart:
            return p


def _iou_mental(draw: Draw) -> BoxParams:
    while True:
        p = BoxParams(_box_draw(draw, 6, 4), _box_draw(draw, 6, 4))
        if _overlap(p) > 0:
            return p


def _iou_solve(p: BoxParams) -> Solution:
    box, one, two, shared = _shared(p), _area(p.first), _area(p.second), _overlap(p)
    sides = (box.x2 - box.x1, box.y2 - box.y1)
    union = one + two - shared
    part = Part("", _iou(p), digits=3, may_be_trivial=shared == 0)
    return Solution(
        parts=(part,),
        steps=(
            f"shared width  = min({p.first.x2}, {p.second.x2}) - max({p.first.x1}, {p.second.x1})"
            f" = {box.x2} - {box.x1} = {sides[0]}",
            f"shared height = min({p.first.y2}, {p.second.y2}) - max({p.first.y1}, {p.second.y1})"
            f" = {box.y2} - {box.y1} = {sides[1]}",
            f"intersection = {sides[0]}*{sides[1]} = {shared}"
            if min(sides) > 0
            else "a side that is not positive: nothing is shared, intersection = 0",
            f"areas: {p.first.x2 - p.first.x1}*{p.first.y2 - p.first.y1} = {one}"
            f" and {p.second.x2 - p.second.x1}*{p.second.y2 - p.second.y1} = {two}",
            f"union = {one} + {two} - {shared} = {union}",
            f"{shared}/{union} = {part.show()}",
        ),
        sense=f"It cannot exceed the smaller area over the larger, {min(one, two)}/{max(one, two)}."
        if shared
        else "Boxes that share nothing have an IoU of 0, however far apart they are.",
    )


IOU = Family(
    name="iou",
    title="Intersection over union",
    topic=TOPIC,
    priority=2,
    concept="iou",
    example=BoxParams(Box(0, 0, 2, 2), Box(1, 1, 3, 3)),
    sample=_iou_draw,
    prompt=lambda p: (
        f"Two boxes, as corners x1, y1, x2, y2 in continuous coordinates: {listed(p.first)} and"
        f" {listed(p.second)}. What is their IoU? 3 decimals."
    ),
    formula="IoU = intersection / (area A + area B - intersection)",
    solve=_iou_solve,
    rule=lambda p: "a box ends before it begins" if any(b.x1 >= b.x2 or b.y1 >= b.y2 for b in p) else "",
    mistakes=(
        Mistake(
            "overlap-twice",
            "divided by the sum of both areas",
            "The overlap is in both areas: subtract it once.",
            lambda p: (_overlap(p) / (_area(p.first) + _area(p.second)),),
        ),
        Mistake(
            "first-only",
            "divided by the first box only",
            "Divide by what both boxes cover together.",
            lambda p: (_overlap(p) / _area(p.first),),
        ),
        Mistake(
            "second-only",
            "divided by the second box only",
            "Divide by what both boxes cover together.",
            lambda p: (_overlap(p) / _area(p.second),) if _area(p.first) != _area(p.second) else None,
        ),
        Mistake(
            "inclusive",
            "counted border pixels, side = x2 - x1 + 1",
            "In continuous coordinates a side is x2 - x1.",
            lambda p: (_iou(p, 1),),
        ),
        Mistake(
            "negative-sides",
            "multiplied sides that are negative",
            "Boxes apart share nothing: cut each side off at 0.",
            lambda p: (_unclamped(p),),
        ),
    ),
    mental=_iou_mental,
    level="easy",
    refs=("Everingham et al. 2010, The PASCAL visual object classes challenge (counts border pixels)",),
)

FAMILIES = (RECEPTIVE_FIELD, IOU)
