"""F scores: weighted, and over several classes."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.formulas import beyond, harmonic, mean, weighted_mean
from interviewprep.checks.numbers import Matrix, Vector, plain, tabled
from interviewprep.checks.wording import aligned

TOPIC = "evaluation"


# -- fbeta ---------------------------------------------------------------------------------------


class FBetaParams(NamedTuple):
    """Precision, recall, and how many times as much recall counts."""

    precision: float
    recall: float
    beta: float


def f_beta(precision: float, recall: float, square: float) -> float:
    """(1 + s) P R / (s P + R), where s is the square of beta."""
    return (1 + square) * precision * recall / (square * precision + recall)


def _fbeta_draw(draw: Draw) -> FBetaParams:
    while True:
        p = FBetaParams(
            draw.step(0.1, 0.95, 0.05),
            draw.step(0.1, 0.95, 0.05),
            draw.pick((0.5, 0.5, 1, 2, 2)),
        )
        if abs(p.precision - p.recall) >= 0.15:
            return p


def _fbeta_mental(draw: Draw) -> FBetaParams:
    """Results that are whole percentages."""
    while True:
        p = FBetaParams(draw.step(0.1, 0.9, 0.1), draw.step(0.1, 0.9, 0.1), draw.pick((0.5, 1, 2)))
        hundredfold = 100 * f_beta(p.precision, p.recall, p.beta**2)
        if abs(p.precision - p.recall) >= 0.15 and abs(hundredfold - round(hundredfold)) < 1e-9:
            return p


def _fbeta_solve(p: FBetaParams) -> Solution:
    square = p.beta**2
    precision, recall, s = plain(p.precision), plain(p.recall), plain(square)
    above = (1 + square) * p.precision * p.recall
    below = square * p.precision + p.recall
    part = Part("", f_beta(p.precision, p.recall, square), digits=3)
    side = "beta = 1 weighs both alike"
    if p.beta != 1:
        side = (
            f"beta {'above' if p.beta > 1 else 'below'} 1 favours {'recall' if p.beta > 1 else 'precision'}"
        )
    return Solution(
        parts=(part,),
        steps=(
            f"beta^2 = {s}",
            f"above: (1 + {s}) * {precision} * {recall} = {plain(above)}",
            f"below: {s} * {precision} + {recall} = {plain(below)}",
            f"{plain(above)} / {plain(below)} = {part.show()}",
        ),
        sense=f"Between precision and recall; {side}.",
    )


FBETA = Family(
    name="fbeta",
    title="F-beta",
    topic=TOPIC,
    priority=1,
    concept="f1-score",
    example=FBetaParams(0.8, 0.6667, 2),
    sample=_fbeta_draw,
    prompt=lambda p: (
        f"A classifier has precision {plain(p.precision)} and recall {plain(p.recall)}."
        f" What is its F-beta score with beta = {plain(p.beta)}? 3 decimals."
    ),
    formula="F = (1 + b^2) P R / (b^2 P + R)",
    solve=_fbeta_solve,
    rule=lambda p: beyond(0, 1, precision=p.precision, recall=p.recall),
    mistakes=(
        Mistake(
            "wrong-term",
            "put beta on recall in the denominator",
            "b^2 P + R: it stands at precision, and b above 1 favours recall.",
            lambda p: (f_beta(p.recall, p.precision, p.beta**2),),
        ),
        Mistake(
            "not-squared",
            "did not square beta",
            "Both places have b^2.",
            lambda p: (f_beta(p.precision, p.recall, p.beta),),
        ),
        Mistake(
            "plain-f1",
            "ignored beta",
            "That is F1; weigh recall b times as much as precision.",
            lambda p: (harmonic(p.precision, p.recall),),
        ),
        Mistake(
            "no-factor",
            "left out the factor 1 + b^2",
            "Without it a perfect classifier would not reach 1.",
            lambda p: (f_beta(p.precision, p.recall, p.beta**2) / (1 + p.beta**2),),
        ),
        Mistake(
            "arithmetic-mean",
            "took the arithmetic mean",
            "F1 is the harmonic mean: 2 P R / (P + R).",
            lambda p: ((p.precision + p.recall) / 2,) if p.beta == 1 else None,
        ),
    ),
    mental=_fbeta_mental,
)


# -- macro-micro-f1 ------------------------------------------------------------------------------


class ConfusionParams(NamedTuple):
    """Counts by actual class (rows) and predicted class (columns)."""

    counts: Matrix

    @property
    def right(self) -> Vector:
        """Samples judged right, by class."""
        return tuple(row[i] for i, row in enumerate(self.counts))

    @property
    def actual(self) -> Vector:
        """Samples by actual class."""
        return tuple(sum(row) for row in self.counts)

    @property
    def predicted(self) -> Vector:
        """Samples by predicted class."""
        return tuple(sum(column) for column in zip(*self.counts, strict=True))

    @property
    def precision(self) -> Vector:
        """By class."""
        return tuple(r / n if n else 0 for r, n in zip(self.right, self.predicted, strict=True))

    @property
    def recall(self) -> Vector:
        """By class."""
        return tuple(r / n if n else 0 for r, n in zip(self.right, self.actual, strict=True))

    @property
    def f1(self) -> Vector:
        """By class."""
        return tuple(harmonic(a, b) for a, b in zip(self.precision, self.recall, strict=True))


def _confusion_draw(draw: Draw) -> ConfusionParams:
    """Three classes of different size."""
    while True:
        rows = []
        for place, size in enumerate(draw.several((10, 15, 20, 30, 40, 50), 3)):
            right = draw.whole(size * 3 // 10, size)
            other = draw.whole(0, size - right)
            errors = [other, size - right - other]
            rows.append((*errors[:place], right, *errors[place:]))
        p = ConfusionParams(tuple(rows))
        if abs(harmonic(mean(p.precision), mean(p.recall)) - mean(p.f1)) >= 0.003:
            return p


def _confusion_solve(p: ConfusionParams) -> Solution:
    total, right = sum(p.actual), sum(p.right)
    parts = (
        Part("macro", mean(p.f1), digits=3),
        Part("micro", right / total, digits=3),
        Part("weighted", weighted_mean(p.f1, p.actual), digits=3),
    )
    added = " + ".join(plain(f) for f in p.f1)
    weighed = " + ".join(f"{plain(n)} * {plain(f)}" for n, f in zip(p.actual, p.f1, strict=True))
    return Solution(
        parts=parts,
        steps=(
            *aligned(
                ("right", p.right),
                ("actual", p.actual),
                ("predicted", p.predicted),
                ("precision", p.precision),
                ("recall", p.recall),
                ("F1", p.f1),
            ),
            f"macro    = ({added}) / {len(p.f1)} = {parts[0].show()}",
            f"micro    = {plain(right)} / {plain(total)} = {parts[1].show()} (the accuracy)",
            f"weighted = ({weighed}) / {plain(total)} = {parts[2].show()}",
        ),
        sense="Macro and weighted F1 lie between the classes' smallest and largest F1.",
        pictures=(Picture("matrix", image=p.counts),),
    )


MACRO_MICRO_F1 = Family(
    name="macro-micro-f1",
    title="Macro, micro and weighted F1",
    topic=TOPIC,
    priority=1,
    concept="f1-score",
    example=ConfusionParams(((6, 4, 0), (0, 9, 1), (0, 10, 20))),
    sample=_confusion_draw,
    prompt=lambda p: (
        f"A confusion matrix of {len(p.counts)} classes (rows: actual, columns: predicted) is"
        f" {tabled(p.counts)}. Give macro F1, micro F1 and F1 weighted by class size, in this order;"
        " 3 decimals each."
    ),
    formula="macro = mean of the classes' F1;  micro = right / all;  weighted = sum n_k F1_k / N",
    solve=_confusion_solve,
    mistakes=(
        Mistake(
            "f1-of-means",
            "took F1 of the mean precision and the mean recall",
            "Work out F1 class by class, then average.",
            lambda p: (harmonic(mean(p.precision), mean(p.recall)),),
        ),
        Mistake(
            "balanced-accuracy",
            "averaged the classes' accuracies",
            "Micro F1 pools all samples: all that are right over all.",
            lambda p: (None, mean(p.recall)),
        ),
        Mistake(
            "predicted-weights",
            "weighted with the predicted class sizes",
            "The weights are the actual sizes: the row sums, as the rows are the actual classes.",
            lambda p: (None, None, weighted_mean(p.f1, p.predicted)),
        ),
        Mistake(
            "no-weights",
            "gave macro F1 for weighted F1",
            "Weigh each class by its size.",
            lambda p: (None, None, mean(p.f1)),
        ),
    ),
    level="hard",
    refs=("scikit-learn: f1_score",),
)


FAMILIES = (FBETA, MACRO_MICRO_F1)
