"""The impurity of a decision tree's nodes."""

from __future__ import annotations

from collections.abc import Sequence
from math import log, log2
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.numbers import Vector, plain

TOPIC = "generative"


# -- tree-impurity -------------------------------------------------------------------------------


class NodeParams(NamedTuple):
    """Class counts of a node, and of its left child where it is split."""

    counts: tuple[int, ...]
    left: tuple[int, ...] = ()

    @property
    def right(self) -> tuple[int, ...]:
        """What is not in the left child."""
        return tuple(a - b for a, b in zip(self.counts, self.left, strict=True))


def _shares(counts: Sequence[int]) -> Vector:
    return tuple(n / sum(counts) for n in counts)


def _entropy(counts: Sequence[int]) -> float:
    """In bits; classes without members add nothing."""
    return -sum(s * log2(s) for s in _shares(counts) if s) + 0.0


def _gini(counts: Sequence[int]) -> float:
    return 1 - sum(s * s for s in _shares(counts))


def _children(p: NodeParams) -> float:
    """Entropy of the children, weighed by their sizes."""
    total = sum(p.counts)
    return sum(sum(child) / total * _entropy(child) for child in (p.left, p.right))


def _gain(p: NodeParams) -> float:
    return _entropy(p.counts) - _children(p)


def _node_draw(draw: Draw) -> NodeParams:
    """Two classes and perhaps a split, or three classes."""
    while True:
        if draw.chance(0.3):
            counts = tuple(draw.whole(1, 12) for _ in range(3))
            if len(set(counts)) > 1:
                return NodeParams(counts)
            continue
        counts = (draw.whole(2, 16), draw.whole(2, 16))
        if counts[0] == counts[1]:
            continue
        if draw.chance(0.35):
            return NodeParams(counts)
        p = NodeParams(counts, (draw.whole(0, counts[0]), draw.whole(0, counts[1])))
        if sum(p.left) >= 2 and sum(p.right) >= 2 and _gain(p) >= 0.02:
            return p


def _node_prompt(p: NodeParams) -> str:
    node = f"A tree node holds {' and '.join((', '.join(map(str, p.counts[:-1])), str(p.counts[-1])))}"
    asked = "Give its Gini impurity, then its entropy in bits."
    split = ""
    if p.left:
        split = f", and a split sends {' and '.join(map(str, p.left))} of them to the left"
        asked = "Give the node's Gini impurity, its entropy and the split's information gain, both in bits."
    return f"{node} samples of {len(p.counts)} classes{split}. {asked} 3 decimals each."


def _node_solve(p: NodeParams) -> Solution:
    entropy = _entropy(p.counts)
    parts = [Part("Gini", _gini(p.counts), digits=3), Part("entropy", entropy, digits=3)]
    shares = _shares(p.counts)
    total = sum(p.counts)
    terms = [-share * log2(share) if share else 0 for share in shares]
    steps = [
        *(
            f"{n:>2} of {total}: p = {plain(share):<6}  p^2 = {plain(share * share):<6}"
            f"  -p log2 p = {plain(term)}"
            for n, share, term in zip(p.counts, shares, terms, strict=True)
        ),
        f"Gini    = 1 - {' - '.join(plain(share * share) for share in shares)} = {parts[0].show()}",
        f"entropy = {' + '.join(map(plain, terms))} = {parts[1].show()}",
    ]
    if p.left:
        parts.append(Part("gain", _gain(p), digits=3))
        sizes = [sum(p.left), sum(p.right)]
        found = [plain(_entropy(p.left)), plain(_entropy(p.right))]
        weighed = " - ".join(f"{n} / {total} * {e}" for n, e in zip(sizes, found, strict=True))
        steps += [
            f"left {' and '.join(map(str, p.left))}: entropy {found[0]}   right"
            f" {' and '.join(map(str, p.right))}: entropy {found[1]}",
            f"gain = {plain(entropy)} - {weighed} = {parts[2].show()}",
        ]
    classes = len(p.counts)
    most = "1 bit" if classes == 2 else f"{plain(log2(classes))} bits"
    return Solution(
        parts=tuple(parts),
        steps=tuple(steps),
        sense=f"0 for a pure node; with {classes} classes at most {plain(1 - 1 / classes)} and {most}.",
        pictures=(Picture("bars", tuple(map(str, p.counts)), shares),),
    )


TREE_IMPURITY = Family(
    name="tree-impurity",
    title="Gini impurity, entropy, information gain",
    topic=TOPIC,
    priority=2,
    concept="decision-tree",
    example=NodeParams((4, 6)),
    sample=_node_draw,
    prompt=_node_prompt,
    formula="Gini = 1 - sum p^2;  H = -sum p log2 p;  gain = H - sum n_child / n * H_child",
    solve=_node_solve,
    rule=lambda p: "`left` holds more than there are" if p.left and min(p.right) < 0 else "",
    mistakes=(
        Mistake(
            "sum-of-squares",
            "gave the sum of the squared shares",
            "Gini is 1 minus it: a pure node has 0.",
            lambda p: (1 - _gini(p.counts),),
        ),
        Mistake(
            "error-rate",
            "gave the share of the smaller classes",
            "That is the misclassification rate; Gini squares the shares.",
            lambda p: (1 - max(_shares(p.counts)),),
        ),
        Mistake(
            "natural-log",
            "used the natural log",
            "Bits need the logarithm to base 2.",
            lambda p: (None, log(2) * _entropy(p.counts), *((log(2) * _gain(p),) if p.left else ())),
        ),
        Mistake(
            "children-not-weighed",
            "averaged the children without weights",
            "Weigh each child by its share of the samples.",
            lambda p: (
                (None, None, _entropy(p.counts) - (_entropy(p.left) + _entropy(p.right)) / 2)
                if p.left
                else None
            ),
        ),
        Mistake(
            "children-only",
            "gave the entropy of the children",
            "The gain is the node's entropy minus theirs.",
            lambda p: (None, None, _children(p)) if p.left else None,
        ),
    ),
)


FAMILIES = (TREE_IMPURITY,)
