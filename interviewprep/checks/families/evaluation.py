"""Evaluation: what counts say about a classifier, ranking, cross-validation, calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.families.losses import aligned, mean
from interviewprep.checks.families.normalisation import squares_around_mean, variance
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.numbers import Matrix, Vector, listed, plain, show, tabled

TOPIC = "evaluation"


def harmonic(one: float, other: float) -> float:
    """2 a b / (a + b); 0 where both are 0."""
    return 2 * one * other / (one + other) if one + other else 0


def percent(share: float) -> str:
    """`12.5%`."""
    return f"{plain(100 * share)}%"


def counted(count: int, noun: str) -> str:
    """`1 fold`, `3 folds`."""
    return f"{plain(count)} {noun}{'' if count == 1 else 's'}"


# -- confusion-metrics ---------------------------------------------------------------------------


class Counts(NamedTuple):
    """A binary confusion matrix."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def total(self) -> int:
        """All that were judged."""
        return sum(self)

    @property
    def accuracy(self) -> float:
        """Share judged right."""
        return (self.tp + self.tn) / self.total

    @property
    def precision(self) -> float:
        """Share of the predicted positives that are positive."""
        return self.tp / (self.tp + self.fp)

    @property
    def recall(self) -> float:
        """Share of the positives that are found."""
        return self.tp / (self.tp + self.fn)

    @property
    def specificity(self) -> float:
        """Share of the negatives that are left alone."""
        return self.tn / (self.tn + self.fp)


def _counts_draw(draw: Draw) -> Counts:
    while True:
        tp = draw.whole(5, 200)
        fp, fn = draw.whole(2, max(3, tp)), draw.whole(2, max(3, tp))
        counts = Counts(tp, fp, fn, draw.whole(5, 500))
        if abs(counts.precision - counts.recall) >= 0.1:
            return counts


_ROUND_COUNTS = (
    Counts(15, 5, 15, 45),
    Counts(15, 10, 35, 90),
    Counts(15, 10, 60, 115),
    Counts(15, 15, 5, 45),
    Counts(30, 10, 30, 90),
    Counts(30, 20, 70, 80),
    Counts(30, 20, 70, 180),
    Counts(30, 30, 10, 90),
    Counts(45, 5, 30, 95),
    Counts(45, 5, 55, 95),
    Counts(45, 30, 5, 170),
    Counts(60, 20, 60, 180),
)
"""All five figures are whole percentages."""


def _counts_solve(p: Counts) -> Solution:
    parts = (
        Part("accuracy", p.accuracy, digits=3),
        Part("precision", p.precision, digits=3),
        Part("recall", p.recall, digits=3),
        Part("F1", harmonic(p.precision, p.recall), digits=3),
        Part("specificity", p.specificity, digits=3),
    )
    shown = [part.show() for part in parts]
    right, both = p.tp + p.tn, 2 * p.tp
    return Solution(
        parts=parts,
        steps=(
            f"accuracy    = ({p.tp} + {p.tn}) / {plain(p.total)} = {plain(right)} / {plain(p.total)}"
            f" = {shown[0]}",
            f"precision   = {p.tp} / ({p.tp} + {p.fp}) = {p.tp} / {p.tp + p.fp} = {shown[1]}",
            f"recall      = {p.tp} / ({p.tp} + {p.fn}) = {p.tp} / {p.tp + p.fn} = {shown[2]}",
            f"F1          = 2 PR / (P + R) = 2 TP / (2 TP + FP + FN) = {both} / {both + p.fp + p.fn}"
            f" = {shown[3]}",
            f"specificity = {p.tn} / ({p.tn} + {p.fp}) = {p.tn} / {p.tn + p.fp} = {shown[4]}",
        ),
        sense="F1 lies between precision and recall, nearer to the smaller.",
        pictures=(Picture("matrix", image=((p.tp, p.fn), (p.fp, p.tn))),),
    )


CONFUSION_METRICS = Family(
    name="confusion-metrics",
    title="Accuracy, precision, recall, F1, specificity",
    topic=TOPIC,
    priority=0,
    concept="confusion-matrix",
    example=Counts(40, 10, 20, 130),
    sample=_counts_draw,
    prompt=lambda p: (
        f"A classifier has {p.tp} true positives, {p.fp} false positives, {p.fn} false negatives and"
        f" {p.tn} true negatives. Give accuracy, precision, recall, F1 and specificity, in this order;"
        " 3 decimals each."
    ),
    formula="(TP + TN) / all;  TP / (TP + FP);  TP / (TP + FN);  2 P R / (P + R);  TN / (TN + FP)",
    solve=_counts_solve,
    mistakes=(
        Mistake(
            "no-true-negatives",
            "left the true negatives out of accuracy",
            "Accuracy is (TP + TN) over all.",
            lambda p: (p.tp / (p.tp + p.fp + p.fn),),
        ),
        Mistake(
            "swapped",
            "swapped precision and recall",
            "Precision divides by the predicted positives, recall by the actual ones.",
            lambda p: (None, p.recall, p.precision),
        ),
        Mistake(
            "arithmetic-mean",
            "took the arithmetic mean for F1",
            "F1 is the harmonic mean: 2 P R / (P + R).",
            lambda p: (None, None, None, (p.precision + p.recall) / 2),
        ),
        Mistake(
            "product",
            "forgot the 2 in F1",
            "F1 is 2 P R / (P + R): equal to P and R where they are equal.",
            lambda p: (None, None, None, harmonic(p.precision, p.recall) / 2),
        ),
        Mistake(
            "false-positive-rate",
            "gave the false positive rate for specificity",
            "Specificity is 1 minus it: TN / (TN + FP).",
            lambda p: (None, None, None, None, 1 - p.specificity),
        ),
        Mistake(
            "predicted-negatives",
            "divided the true negatives by the predicted negatives",
            "Specificity divides by the actual negatives, TN + FP.",
            lambda p: (None, None, None, None, p.tn / (p.tn + p.fn)),
        ),
    ),
    mental=lambda draw: draw.pick(_ROUND_COUNTS),
    level="easy",
)


# -- base-rate -----------------------------------------------------------------------------------


class BaseRateParams(NamedTuple):
    """Shares: how many have it, how many of them are found, how many of the others are cleared."""

    prevalence: float
    sensitivity: float
    specificity: float

    @property
    def found(self) -> float:
        """True positives as a share of all."""
        return self.sensitivity * self.prevalence

    @property
    def alarms(self) -> float:
        """False positives as a share of all."""
        return (1 - self.specificity) * (1 - self.prevalence)


POPULATION = 100_000
"""So many people make whole numbers of the shares in the working."""


def _base_rate_draw(draw: Draw) -> BaseRateParams:
    return BaseRateParams(
        draw.pick((0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.15, 0.2)),
        draw.pick((0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.98)),
        draw.pick((0.7, 0.8, 0.85, 0.9, 0.95, 0.96, 0.98)),
    )


def _base_rate_mental(draw: Draw) -> BaseRateParams:
    """True and false positives in the ratio of small numbers."""
    while True:
        p = BaseRateParams(
            draw.pick((0.01, 0.02, 0.05, 0.1, 0.2)),
            draw.pick((0.5, 0.6, 0.8, 0.9)),
            draw.pick((0.7, 0.8, 0.9, 0.95, 0.99)),
        )
        share = p.found / (p.found + p.alarms)
        if any(abs(share * n - round(share * n)) < 1e-9 for n in range(2, 13)):
            return p


def _base_rate_solve(p: BaseRateParams) -> Solution:
    ppv = p.found / (p.found + p.alarms)
    parts = (Part("P(sick | positive)", ppv, digits=3), Part("accuracy", 1 - p.prevalence, digits=3))
    sick, found, alarms = (round(POPULATION * share) for share in (p.prevalence, p.found, p.alarms))
    healthy = POPULATION - sick
    return Solution(
        parts=parts,
        steps=(
            f"of {plain(POPULATION)} people, {plain(sick)} are sick and {plain(healthy)} are not",
            f"positive and sick:    {plain(sick)} * {plain(p.sensitivity)} = {plain(found)}",
            f"positive and healthy: {plain(healthy)} * {plain(1 - p.specificity)} = {plain(alarms)}",
            f"P(sick | positive) = {plain(found)} / ({plain(found)} + {plain(alarms)}) = {parts[0].show()}",
            f"always no is right for the healthy: {plain(healthy)} / {plain(POPULATION)} = {parts[1].show()}",
        ),
        sense=f"A positive test raises the probability above the base rate of {percent(p.prevalence)}.",
    )


BASE_RATE = Family(
    name="base-rate",
    title="Base rate and the accuracy paradox",
    topic=TOPIC,
    priority=0,
    concept="accuracy",
    example=BaseRateParams(0.01, 0.9, 0.95),
    sample=_base_rate_draw,
    prompt=lambda p: (
        f"{percent(p.prevalence)} of all people have a disease. A test has sensitivity"
        f" {percent(p.sensitivity)} and specificity {percent(p.specificity)}. Give the probability that"
        " somebody who tests positive has it, then the accuracy of a test that always says no."
        " Shares between 0 and 1, 3 decimals each."
    ),
    formula="P(sick | +) = s p / (s p + (1 - sp)(1 - p));  accuracy of always no = 1 - p",
    solve=_base_rate_solve,
    mistakes=(
        Mistake(
            "sensitivity",
            "gave the sensitivity",
            "That is P(positive | sick); count the false positives of the healthy as well.",
            lambda p: (p.sensitivity,),
        ),
        Mistake(
            "no-base-rate",
            "left out the base rate",
            "Weight the sick by p and the healthy by 1 - p.",
            lambda p: (p.sensitivity / (p.sensitivity + 1 - p.specificity),),
        ),
        Mistake(
            "joint",
            "stopped at the share that is sick and positive",
            "Divide it by the share of all positives.",
            lambda p: (p.found,),
        ),
        Mistake(
            "recall-for-accuracy",
            "gave the recall of the test that always says no",
            "Its recall is 0, but its accuracy is the share of the healthy.",
            lambda p: (None, 0),
        ),
        Mistake(
            "prevalence",
            "gave the share of the sick",
            "Always no is wrong for them and right for all others.",
            lambda p: (None, p.prevalence),
        ),
    ),
    mental=_base_rate_mental,
)


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


def _weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    return sum(v * w for v, w in zip(values, weights, strict=True)) / sum(weights)


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
        Part("weighted", _weighted_mean(p.f1, p.actual), digits=3),
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
            lambda p: (None, None, _weighted_mean(p.f1, p.predicted)),
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


# -- roc-auc-pairs -------------------------------------------------------------------------------


class ScoresParams(NamedTuple):
    """Scores of the positives and of the negatives."""

    positives: Vector
    negatives: Vector


def _auc(p: ScoresParams, tie: float = 0.5) -> float:
    return _won(p, tie) / (len(p.positives) * len(p.negatives))


def _won(p: ScoresParams, tie: float = 0.5) -> float:
    """Pairs in which the positive has the higher score, and so much for each tie."""
    pairs = product(p.positives, p.negatives)
    return sum(1 if pos > neg else tie if pos == neg else 0 for pos, neg in pairs)


def _counts_at(p: ScoresParams, is_positive: Callable[[float], bool]) -> Counts:
    tp = sum(map(is_positive, p.positives))
    fp = sum(map(is_positive, p.negatives))
    return Counts(tp, fp, len(p.positives) - tp, len(p.negatives) - fp)


def _scores(draw: Draw, positives: int, negatives: int) -> ScoresParams:
    """Different scores; positives rather higher than negatives."""
    grid = [round(0.05 * i, 2) for i in range(1, 20)]
    high: list[float] = []
    low: list[float] = []
    while len(high) < positives:
        score = max(draw.pick(grid), draw.pick(grid))
        high += [score] * (score not in high)
    while len(low) < negatives:
        score = min(draw.pick(grid), draw.pick(grid))
        low += [score] * (score not in low + high)
    return ScoresParams(tuple(high), tuple(low))


def _tied(draw: Draw, p: ScoresParams, ties: int) -> ScoresParams:
    """Some negatives with the score of a positive."""
    same = draw.several(p.positives, ties)
    return ScoresParams(p.positives, (*same, *p.negatives[ties:]))


def _auc_draw(draw: Draw) -> ScoresParams:
    p = _scores(draw, draw.whole(2, 5), draw.whole(2, 5))
    return _tied(draw, p, draw.pick((0, 0, 1, 1, 2)))


def _auc_mental(draw: Draw) -> ScoresParams:
    positives, negatives = draw.pick(((2, 2), (2, 3), (2, 4), (2, 5), (4, 2), (5, 2), (3, 2)))
    return _tied(draw, _scores(draw, positives, negatives), draw.pick((0, 0, 1)))


def _roc_points(p: ScoresParams) -> Matrix:
    """False and true positive rate at each threshold, from (0, 0) to (1, 1)."""
    points = [(0.0, 0.0)]
    for threshold in sorted({*p.positives, *p.negatives}, reverse=True):
        found = [sum(s >= threshold for s in scores) / len(scores) for scores in (p.negatives, p.positives)]
        points.append((found[0], found[1]))
    return tuple(points)


def _auc_line(score: float, negatives: Vector) -> str:
    lower = sum(n < score for n in negatives)
    ties = negatives.count(score)
    tied = f", ties with {ties}" if ties else ""
    return f"{plain(score)} beats {lower} of {len(negatives)}{tied}: {plain(lower + ties / 2)}"


def _auc_solve(p: ScoresParams) -> Solution:
    part = Part("", _auc(p), digits=3)
    pairs = len(p.positives) * len(p.negatives)
    return Solution(
        parts=(part,),
        steps=(
            f"{len(p.positives)} * {len(p.negatives)} = {pairs} pairs; a pair is won where the positive"
            " scores higher",
            *(_auc_line(score, p.negatives) for score in p.positives),
            f"{plain(_won(p))} / {pairs} = {part.show()}",
        ),
        sense="0.5 is guessing, 1 is perfect order; only the order of the scores counts.",
        pictures=(Picture("roc", image=_roc_points(p)),),
    )


ROC_AUC_PAIRS = Family(
    name="roc-auc-pairs",
    title="ROC-AUC by counting pairs",
    topic=TOPIC,
    priority=0,
    concept="roc-auc",
    example=ScoresParams((0.9, 0.7, 0.4), (0.8, 0.3, 0.2, 0.1)),
    sample=_auc_draw,
    prompt=lambda p: (
        f"The positives have the scores {listed(p.positives)}, the negatives {listed(p.negatives)}."
        " What is the area under the ROC curve (its points joined by straight lines)? 3 decimals."
    ),
    formula="AUC = (pairs won + ties / 2) / (P * N)",
    solve=_auc_solve,
    mistakes=(
        Mistake(
            "accuracy",
            "gave the accuracy at the threshold 0.5",
            "AUC has no threshold: compare each positive with each negative.",
            lambda p: (_counts_at(p, lambda score: score >= 0.5).accuracy,),
        ),
        Mistake(
            "ties-won",
            "counted ties as won",
            "A tie counts one half.",
            lambda p: (_auc(p, tie=1),),
        ),
        Mistake(
            "ties-lost",
            "counted ties as lost",
            "A tie counts one half.",
            lambda p: (_auc(p, tie=0),),
        ),
        Mistake(
            "divided-by-sum",
            "divided by the number of samples",
            "There are P * N pairs, not P + N.",
            lambda p: (_won(p) / (len(p.positives) + len(p.negatives)),),
        ),
        Mistake(
            "lost-pairs",
            "counted the pairs that the negative wins",
            "A pair is won where the positive has the higher score.",
            lambda p: (1 - _auc(p),),
        ),
    ),
    mental=_auc_mental,
    refs=("Hanley & McNeil 1982 (AUC as the share of pairs)",),
)


# -- threshold-pr --------------------------------------------------------------------------------


class ThresholdParams(NamedTuple):
    """Scores and the threshold from which on a sample is called positive."""

    scores: ScoresParams
    threshold: float

    @property
    def counts(self) -> Counts:
        """What comes of calling scores from the threshold on positive."""
        return _counts_at(self.scores, lambda score: score >= self.threshold)

    @property
    def strict(self) -> Counts:
        """What comes of calling only scores above the threshold positive."""
        return _counts_at(self.scores, lambda score: score > self.threshold)


def _is_telling(p: ThresholdParams) -> bool:
    """Precision and recall are two numbers between 0 and 1 that are not given."""
    counts = p.counts
    if not (counts.tp and counts.fp and counts.fn):
        return False
    return len({counts.precision, counts.recall} - {*p.scores.positives, *p.scores.negatives}) == 2


def _threshold_draw(draw: Draw) -> ThresholdParams:
    """Half of the thresholds are the score of a sample."""
    while True:
        positives = draw.whole(2, 5)
        scores = _scores(draw, positives, draw.whole(max(2, 5 - positives), 5))
        everything = (*scores.positives, *scores.negatives)
        free = [t for i in range(4, 17) if (t := round(0.05 * i, 2)) not in everything]
        possible = everything if draw.chance(0.5) else free
        telling = [p for t in possible if _is_telling(p := ThresholdParams(scores, t))]
        if telling:
            return draw.pick(telling)


def _threshold_solve(p: ThresholdParams) -> Solution:
    counts = p.counts
    parts = (Part("precision", counts.precision, digits=3), Part("recall", counts.recall, digits=3))
    called = counts.tp + counts.fp
    found = [sorted((s for s in group if s >= p.threshold), reverse=True) for group in p.scores]
    return Solution(
        parts=parts,
        steps=(
            f"positives at {plain(p.threshold)} or above: {listed(found[0])}",
            f"negatives at {plain(p.threshold)} or above: {listed(found[1])}",
            f"TP = {counts.tp}   FP = {counts.fp}   FN = {counts.fn}",
            f"precision = {counts.tp} / {called} = {parts[0].show()}",
            f"recall    = {counts.tp} / {len(p.scores.positives)} = {parts[1].show()}",
        ),
        sense="A lower threshold never lowers recall; precision can go either way.",
    )


THRESHOLD_PR = Family(
    name="threshold-pr",
    title="Precision and recall at a threshold",
    topic=TOPIC,
    priority=1,
    concept="precision-vs-recall",
    example=ThresholdParams(ScoresParams((0.9, 0.7, 0.4), (0.8, 0.3, 0.2, 0.1)), 0.35),
    sample=_threshold_draw,
    prompt=lambda p: (
        f"The positives have the scores {listed(p.scores.positives)}, the negatives"
        f" {listed(p.scores.negatives)}. A score of {plain(p.threshold)} or more is called positive."
        " Give precision, then recall; 3 decimals each."
    ),
    formula="precision = TP / (TP + FP);  recall = TP / (TP + FN), with positive at score >= t",
    solve=_threshold_solve,
    mistakes=(
        Mistake(
            "strict",
            "did not call the score equal to the threshold positive",
            "A score of exactly t is called positive here.",
            lambda p: (p.strict.precision, p.strict.recall),
        ),
        Mistake(
            "swapped",
            "swapped precision and recall",
            "Precision divides by the predicted positives, recall by the actual ones.",
            lambda p: (p.counts.recall, p.counts.precision),
        ),
        Mistake(
            "accuracy",
            "gave the accuracy for precision",
            "Precision looks only at what is called positive.",
            lambda p: (p.counts.accuracy,),
        ),
        Mistake(
            "specificity",
            "gave the specificity for recall",
            "Recall is the share of the positives that are found.",
            lambda p: (None, p.counts.specificity),
        ),
    ),
    mental=_threshold_draw,
    level="easy",
    example_is_separable=False,
)


# -- r2 ------------------------------------------------------------------------------------------


class RegressionParams(NamedTuple):
    """Targets and the prediction for each."""

    y: Vector
    y_hat: Vector

    @property
    def residual(self) -> float:
        """Sum of squared errors."""
        return sum((a - b) ** 2 for a, b in zip(self.y, self.y_hat, strict=True))

    @property
    def spread(self) -> float:
        """Sum of squared distances of the targets from their mean."""
        return squares_around_mean(self.y)


def _squared_correlation(p: RegressionParams) -> float:
    a, b = mean(p.y), mean(p.y_hat)
    joint = sum((y - a) * (f - b) for y, f in zip(p.y, p.y_hat, strict=True))
    return joint * joint / (p.spread * squares_around_mean(p.y_hat))


def _r2_draw(draw: Draw) -> RegressionParams:
    """About one in six has a negative R squared."""
    is_negative = draw.chance(0.17)
    while True:
        y = tuple(draw.step(0, 12, 1) for _ in range(draw.whole(3, 5)))
        unit = draw.pick((1, 1, 0.5))
        p = RegressionParams(y, tuple(v + draw.step(-3, 3, unit) for v in y))
        if p.spread < 4 or not p.residual or abs(p.residual / p.spread - 0.5) < 0.01:
            continue
        if (0.03 < p.residual / p.spread < 0.97) if not is_negative else (1.05 < p.residual / p.spread < 3):
            return p


def _r2_mental(draw: Draw) -> RegressionParams:
    """Targets whose squares around the mean add to 8, 20, 40 or 50; small whole errors."""
    distances = draw.pick(((-2, 0, 2), (-3, -1, 1, 3), (-4, -2, 0, 2, 4), (-5, 0, 5)))
    middle = draw.whole(5, 9)
    y = tuple(middle + d for d in distances)
    while True:
        y_hat = tuple(v + draw.pick((-2, -1, -1, 0, 1, 1, 2)) for v in y)
        if y_hat != y:
            return RegressionParams(y, y_hat)


def _r2_solve(p: RegressionParams) -> Solution:
    middle = mean(p.y)
    errors = [a - b for a, b in zip(p.y, p.y_hat, strict=True)]
    distances = [v - middle for v in p.y]
    share = p.residual / p.spread
    part = Part("", 1 - share, digits=3)
    return Solution(
        parts=(part,),
        steps=(
            *aligned(("y - y_hat", errors), ("squared", [e * e for e in errors])),
            f"SSres = {plain(p.residual)}   mean of y = {plain(middle)}",
            *aligned(("y - mean", distances), ("squared", [d * d for d in distances])),
            f"SStot = {plain(p.spread)}",
            f"1 - {plain(p.residual)} / {plain(p.spread)} = 1 - {plain(share)} = {part.show()}",
        ),
        sense="Negative: predicting the mean would have been better."
        if share > 1
        else "Between 0 (as good as predicting the mean) and 1 (perfect).",
    )


R2 = Family(
    name="r2",
    title="R squared",
    topic=TOPIC,
    priority=1,
    concept="r-squared",
    example=RegressionParams((3, 5, 7), (2, 5, 9)),
    sample=_r2_draw,
    prompt=lambda p: (
        f"The targets are {listed(p.y)}, the predictions {listed(p.y_hat)}. What is R squared, the"
        " coefficient of determination? 3 decimals."
    ),
    formula="R^2 = 1 - SSres / SStot, with SStot around the mean of y",
    solve=_r2_solve,
    mistakes=(
        Mistake(
            "ratio-only",
            "stopped at SSres / SStot",
            "That is the share left unexplained; R squared is one minus it.",
            lambda p: (p.residual / p.spread,),
        ),
        Mistake(
            "around-zero",
            "took SStot around 0",
            "SStot is taken around the mean of y.",
            lambda p: (1 - p.residual / sum(v * v for v in p.y),),
        ),
        Mistake(
            "squared-correlation",
            "squared the correlation",
            "The two agree only for a least-squares line; R squared punishes bias as well.",
            lambda p: (_squared_correlation(p),),
        ),
        Mistake(
            "own-mean",
            "took SStot from the predictions",
            "SStot is the spread of the targets.",
            lambda p: (1 - p.residual / squares_around_mean(p.y_hat),),
        ),
    ),
    mental=_r2_mental,
)


# -- kfold-sizes ---------------------------------------------------------------------------------


class KFoldParams(NamedTuple):
    """Samples, folds, how often the whole is repeated, and how many settings are tried."""

    n: int
    k: int
    repeats: int = 1
    settings: int = 1


def _folds(p: KFoldParams) -> tuple[int, ...]:
    """Test sizes, larger ones first, as scikit-learn has them."""
    return tuple(p.n // p.k + (i < p.n % p.k) for i in range(p.k))


def _kfold_draw(draw: Draw) -> KFoldParams:
    k = draw.pick((3, 4, 4, 5, 5, 5, 6, 7, 8, 10))
    n = k * draw.whole(6, 900 // k) + draw.pick((0, 1, draw.whole(0, k - 1), k - 1))
    if draw.chance(0.4):
        return KFoldParams(n, k, draw.pick((1, 2, 3, 5)), draw.pick((6, 8, 12, 15, 20, 24)))
    if draw.chance(0.5):
        return KFoldParams(n, k, draw.pick((2, 3, 5, 10)))
    return KFoldParams(n, k, 1, draw.pick((2, 3, 4, 6, 9, 12, 20, 36)))


def _kfold_mental(draw: Draw) -> KFoldParams:
    k = draw.pick((3, 4, 5))
    n = k * draw.whole(3, 25) + draw.whole(0, k - 1)
    return KFoldParams(n, k, draw.pick((1, 2, 10)), draw.pick((2, 3, 4, 6)))


def _kfold_prompt(p: KFoldParams) -> str:
    runs = []
    if p.repeats > 1:
        runs.append(f"repeated {p.repeats} times")
    if p.settings > 1:
        runs.append(f"for each of {p.settings} settings of the hyperparameters")
    how = f", {', '.join(runs)}, without a final refit" if runs else ""
    return (
        f"{plain(p.n)} samples go through {p.k}-fold cross-validation{how}. Give the sizes of the {p.k} test"
        " folds (larger ones first), the training samples of the first round, and how many models are fitted."
        " Whole numbers."
    )


def _kfold_solve(p: KFoldParams) -> Solution:
    folds = _folds(p)
    fits = p.k * p.repeats * p.settings
    parts = (
        Part("folds", folds, exact=True, may_be_trivial=True),
        Part("training", p.n - folds[0], exact=True),
        Part("fits", fits, exact=True),
    )
    size, rest = divmod(p.n, p.k)
    larger = f"{counted(rest, 'fold')} of {size + 1}, {counted(p.k - rest, 'fold')} of {size}"
    return Solution(
        parts=parts,
        steps=(
            f"{plain(p.n)} = {p.k} * {size}"
            + (f" + {rest}: {larger}" if rest else f": {counted(p.k, 'fold')} of {size}"),
            f"training: {plain(p.n)} - {folds[0]} = {parts[1].show()}, all but one fold",
            f"fits: {p.k} folds * {counted(p.repeats, 'repeat')} * {counted(p.settings, 'setting')}"
            f" = {parts[2].show()}",
        ),
        sense=f"The folds add to {plain(p.n)}, and no two differ by more than 1.",
    )


def _rest_in_one(p: KFoldParams) -> tuple[Vector, int] | None:
    """All that is left over put into the first fold."""
    size, rest = divmod(p.n, p.k)
    if rest < 2:
        return None
    return (size + rest, *(size,) * (p.k - 1)), p.n - size - rest


def _rest_dropped(p: KFoldParams) -> tuple[Vector, int] | None:
    size, rest = divmod(p.n, p.k)
    return ((size,) * p.k, size * (p.k - 1)) if rest else None


def _fractions(p: KFoldParams) -> tuple[Vector, float] | None:
    return ((p.n / p.k,) * p.k, p.n - p.n / p.k) if p.n % p.k else None


KFOLD_SIZES = Family(
    name="kfold-sizes",
    title="K-fold sizes and fits",
    topic=TOPIC,
    priority=0,
    concept="k-fold-cv",
    example=KFoldParams(100, 5, settings=12),
    sample=_kfold_draw,
    prompt=_kfold_prompt,
    formula="N mod K folds have one sample more;  fits = K * repeats * settings",
    solve=_kfold_solve,
    mistakes=(
        Mistake(
            "rest-dropped",
            "dropped what is left over",
            "Every sample is tested once: N mod K folds have one more.",
            _rest_dropped,
        ),
        Mistake(
            "rest-in-one-fold",
            "put all that is left over into one fold",
            "It is spread: N mod K folds have one more.",
            _rest_in_one,
        ),
        Mistake(
            "fractions",
            "left fractions of samples",
            "Folds hold whole samples: N mod K of them have one more.",
            _fractions,
        ),
        Mistake(
            "fold-for-training",
            "gave the size of a fold for the training samples",
            "The training samples are the other K - 1 folds.",
            lambda p: (None, _folds(p)[0]),
        ),
        Mistake(
            "all-for-training",
            "trained on all samples",
            "The fold that is tested is left out.",
            lambda p: (None, p.n),
        ),
        Mistake(
            "no-settings",
            "forgot the settings",
            "Every setting is fitted on every fold.",
            lambda p: (None, None, p.k * p.repeats),
        ),
        Mistake(
            "no-repeats",
            "forgot the repeats",
            "Every repeat fits all folds again.",
            lambda p: (None, None, p.k * p.settings) if p.repeats > 1 and p.settings > 1 else None,
        ),
        Mistake(
            "only-folds",
            "counted the folds only",
            "Every repeat (and every setting) fits all folds again.",
            lambda p: (None, None, p.k) if p.repeats > 1 else None,
        ),
        Mistake(
            "no-folds",
            "forgot the folds",
            "Every fold needs a model of its own.",
            lambda p: (None, None, p.repeats * p.settings) if p.settings > 1 else None,
        ),
        Mistake(
            "refit",
            "counted a final refit",
            "GridSearchCV does one more fit at the end, but here there is none.",
            lambda p: (None, None, p.k * p.repeats * p.settings + 1) if p.settings > 1 else None,
        ),
    ),
    mental=_kfold_mental,
    level="easy",
    refs=("scikit-learn: KFold",),
)


# -- cv-score ------------------------------------------------------------------------------------


class FoldScores(NamedTuple):
    """A score per fold."""

    scores: Vector


def _cv_draw(draw: Draw) -> FoldScores:
    middle = draw.step(0.6, 0.94, 0.01)
    width = draw.pick((0.02, 0.03, 0.05))
    while True:
        scores = tuple(
            round(middle + draw.step(-width, width, 0.01), 2)
            for _ in range(draw.pick((3, 4, 5, 5, 5, 8, 10)))
        )
        if variance(scores) > 0.006**2 and len(set(scores)) > 2:
            return FoldScores(scores)


_ROUND_SAMPLES = ((-1, 0, 1), (-2, 0, 2), (-2, -2, 0, 2, 2), (-3, 1, 1, 1), (5, -3, -1, -1, 0), (-3, 0, 3))
"""Distances from the mean with a sample standard deviation of 1, 2, 2, 2, 3 and 3."""


def _cv_mental(draw: Draw) -> FoldScores:
    distances = draw.pick(_ROUND_SAMPLES)
    sign, middle = draw.pick((-1, 1)), draw.whole(70, 90)
    return FoldScores(tuple((middle + sign * d) / 100 for d in draw.several(distances, len(distances))))


def _cv_solve(p: FoldScores) -> Solution:
    n, middle, total = len(p.scores), mean(p.scores), squares_around_mean(p.scores)
    var = total / (n - 1)
    parts = (Part("mean", middle, digits=4, may_be_trivial=True), Part("std", sqrt(var), digits=4))
    points = [100 * (s - middle) for s in p.scores]
    squares = 1e4 * total
    rest = [parts[0].show(), parts[1].show()]
    return Solution(
        parts=parts,
        steps=(
            f"mean = {plain(sum(p.scores))} / {n} = {rest[0]}",
            "distances from the mean in hundredths:",
            *(", ".join(show(d, 2) for d in points[i : i + 5]) for i in range(0, n, 5)),
            f"their squares add to {plain(squares)}; / ({n} - 1) = {plain(squares / (n - 1))}",
            f"std = sqrt({plain(squares / (n - 1))}) hundredths = {rest[1]}",
        ),
        sense="The mean lies among the scores; the std is smaller than their range.",
    )


CV_SCORE = Family(
    name="cv-score",
    title="Mean and spread of a cross-validation",
    topic=TOPIC,
    priority=0,
    concept="k-fold-cv",
    example=FoldScores((0.78, 0.81, 0.80, 0.79, 0.82)),
    sample=_cv_draw,
    prompt=lambda p: (
        f"The {len(p.scores)} folds of a cross-validation score {listed(p.scores)}. Give the figure to report"
        " for the model, then the sample standard deviation of the scores (ddof = 1). 4 decimals each."
    ),
    formula="mean = sum / K;  std = sqrt(sum (s - mean)^2 / (K - 1))",
    solve=_cv_solve,
    mistakes=(
        Mistake(
            "best-fold",
            "reported the best fold",
            "Report the mean; the best fold is luck.",
            lambda p: (max(p.scores),),
        ),
        Mistake(
            "population-std",
            "divided by K",
            "The sample standard deviation divides by K - 1.",
            lambda p: (None, sqrt(variance(p.scores))),
        ),
        Mistake(
            "variance",
            "gave the variance",
            "Take the root.",
            lambda p: (None, variance(p.scores, ddof=1)),
        ),
        Mistake(
            "standard-error",
            "gave the standard error",
            "The standard deviation is asked for; do not divide by sqrt(K).",
            lambda p: (None, sqrt(variance(p.scores, ddof=1) / len(p.scores))),
        ),
    ),
    mental=_cv_mental,
    level="easy",
)


# -- stratified-counts ---------------------------------------------------------------------------


class StratifiedParams(NamedTuple):
    """Samples, positives in percent of them, and folds."""

    n: int
    percent: int
    k: int

    @property
    def positives(self) -> int:
        """In the whole data set."""
        return self.n * self.percent // 100


def _stratified_draw(draw: Draw) -> StratifiedParams:
    while True:
        k, each = draw.pick((3, 4, 5, 5, 8, 10)), draw.whole(2, 15)
        share = draw.pick((2, 4, 5, 8, 10, 15, 20, 25, 30, 40))
        if each * 100 % share == 0 and (n := each * 100 // share * k) <= 3000:
            return StratifiedParams(n, share, k)


def _stratified_solve(p: StratifiedParams) -> Solution:
    part = Part("", p.positives // p.k, exact=True)
    fold = p.n // p.k
    return Solution(
        parts=(part,),
        steps=(
            f"positives in all: {plain(p.n)} * {percent(p.percent / 100)} = {plain(p.positives)}",
            f"per fold: {plain(p.positives)} / {p.k} = {part.show()}",
        ),
        sense=f"A fold has {plain(fold)} samples, and {part.show()} of them are {percent(p.percent / 100)}.",
    )


STRATIFIED_COUNTS = Family(
    name="stratified-counts",
    title="Positives per stratified fold",
    topic=TOPIC,
    priority=1,
    concept="stratified-kfold",
    example=StratifiedParams(100, 10, 5),
    sample=_stratified_draw,
    prompt=lambda p: (
        f"{percent(p.percent / 100)} of {plain(p.n)} samples are positive. How many positives are in each"
        f" test fold of a stratified {p.k}-fold cross-validation? A whole number."
    ),
    formula="N * rate / K",
    solve=_stratified_solve,
    mistakes=(
        Mistake(
            "total",
            "gave all positives",
            "They are dealt out to the folds: divide by K.",
            lambda p: (p.positives,),
        ),
        Mistake(
            "fold-size",
            "gave the size of a fold",
            "Only the share of positives of it is asked for.",
            lambda p: (p.n // p.k,),
        ),
        Mistake(
            "negatives",
            "gave the negatives of a fold",
            "Positives are asked for.",
            lambda p: (p.n // p.k - p.positives // p.k,),
        ),
        Mistake(
            "training",
            "gave the positives of the training folds",
            "One fold has 1 / K of them; the other K - 1 are for training.",
            lambda p: (p.positives - p.positives // p.k,),
        ),
    ),
    mental=_stratified_draw,
    level="easy",
)


# -- timeseries-split ----------------------------------------------------------------------------


class TimeSeriesParams(NamedTuple):
    """Samples in order of time, and splits."""

    n: int
    k: int


def _growing(p: TimeSeriesParams) -> tuple[int, ...]:
    test = p.n // (p.k + 1)
    return tuple(p.n - (p.k - i) * test for i in range(p.k))


def _timeseries_solve(p: TimeSeriesParams) -> Solution:
    test, trains = p.n // (p.k + 1), _growing(p)
    parts = (Part("test", test, exact=True), Part("training", trains, exact=True))
    return Solution(
        parts=parts,
        steps=(
            f"test = {p.n} / ({p.k} + 1), rounded down = {test}",
            f"the last {p.k} * {test} = {p.k * test} samples are tested",
            f"first training set: {p.n} - {p.k * test} = {trains[0]}",
            f"then {test} more each time: {parts[1].show()}",
        ),
        sense=f"The last training set and the last test set make {p.n}.",
    )


def _kfold_like(p: TimeSeriesParams) -> tuple[int, Vector]:
    """Equal folds, trained on all the others."""
    size = p.n // p.k
    return size, (p.n - size,) * p.k


def _rest_forgotten(p: TimeSeriesParams) -> tuple[None, Vector]:
    """The first training set as large as a test set."""
    test = p.n // (p.k + 1)
    return None, tuple(test * (i + 1) for i in range(p.k))


TIMESERIES_SPLIT = Family(
    name="timeseries-split",
    title="TimeSeriesSplit sizes",
    topic=TOPIC,
    priority=1,
    concept="time-series-split",
    example=TimeSeriesParams(100, 5),
    sample=lambda draw: TimeSeriesParams(draw.whole(30, 500), draw.whole(3, 6)),
    prompt=lambda p: (
        f"{p.n} samples in order of time go through scikit-learn's TimeSeriesSplit with {p.k} splits and its"
        " defaults (equal test sets, a growing training set, no gap). Give the size of a test set, then the"
        f" {p.k} training sizes in order. Whole numbers."
    ),
    formula="test = n // (K + 1);  training i = n - (K - i) * test, i from 0",
    solve=_timeseries_solve,
    mistakes=(
        Mistake(
            "kfold",
            "gave the sizes of K-fold cross-validation",
            "Train only on the past: K + 1 blocks, the first is never tested.",
            _kfold_like,
        ),
        Mistake(
            "rest-forgotten",
            "lost the samples left over",
            "They belong to the first training set; the tests end at the last sample.",
            _rest_forgotten,
        ),
        Mistake(
            "not-growing",
            "let the training set stay as it is",
            "It grows by a test set each time; a fixed one needs max_train_size.",
            lambda p: (None, (_growing(p)[0],) * p.k),
        ),
        Mistake(
            "one-late",
            "counted the test set as trained on",
            "The training set ends before the test set begins.",
            lambda p: (None, tuple(size + p.n // (p.k + 1) for size in _growing(p))),
        ),
    ),
    mental=lambda draw: TimeSeriesParams(draw.whole(3, 12) * 10 + draw.whole(0, 5), draw.whole(3, 4)),
    refs=("scikit-learn: TimeSeriesSplit",),
)


# -- ece -----------------------------------------------------------------------------------------


class CalibrationParams(NamedTuple):
    """Bins of predictions: mean confidence, accuracy, count."""

    bins: tuple[tuple[float, float, int], ...]

    @property
    def gaps(self) -> Vector:
        """Accuracy minus confidence, by bin."""
        return tuple(accuracy - confidence for confidence, accuracy, _ in self.bins)

    @property
    def counts(self) -> tuple[int, ...]:
        """Predictions by bin."""
        return tuple(n for _, _, n in self.bins)


def _signed(p: CalibrationParams) -> float:
    return _weighted_mean(p.gaps, p.counts)


def _has_both_signs(p: CalibrationParams) -> bool:
    return min(p.gaps) < 0 < max(p.gaps)


def _ece_draw(draw: Draw) -> CalibrationParams:
    """Bins of unequal size with gaps of both signs."""
    while True:
        count = draw.whole(2, 4)
        confidences = sorted(draw.several((0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95), count))
        sizes = tuple(10 * draw.whole(2, 20) for _ in range(count))
        gaps = tuple(draw.pick((-1, 1)) * draw.step(0.01, 0.2, 0.01) for _ in range(count))
        bins = tuple((c, round(c + gap, 2), n) for c, gap, n in zip(confidences, gaps, sizes, strict=True))
        p = CalibrationParams(bins)
        if all(0.02 <= a <= 0.99 for _, a, _ in bins) and len(set(sizes)) > 1 and _has_both_signs(p):
            return p


def _ece_mental(draw: Draw) -> CalibrationParams:
    """Two bins that make 100 predictions, or 10."""
    share = draw.pick((1, 2, 3, 4, 6, 7, 8, 9))
    unit = draw.pick((1, 10))
    sign = draw.pick((-1, 1))
    low, high = draw.pick((0.3, 0.4, 0.5, 0.6)), draw.pick((0.7, 0.8))
    first, second = sign * draw.pick((0.1, 0.2)), -sign * draw.pick((0.1, 0.2))
    bins = ((low, round(low + first, 1), share * unit), (high, round(high + second, 1), (10 - share) * unit))
    return CalibrationParams(bins)


def _ece_solve(p: CalibrationParams) -> Solution:
    sizes = [abs(gap) for gap in p.gaps]
    total = sum(p.counts)
    part = Part("", _weighted_mean(sizes, p.counts), digits=3)
    weighed = " + ".join(f"{n} * {plain(s)}" for n, s in zip(p.counts, sizes, strict=True))
    return Solution(
        parts=(part,),
        steps=(
            *(
                f"|{plain(accuracy)} - {plain(confidence)}| = {plain(size)}, weight {n} / {plain(total)}"
                for (confidence, accuracy, n), size in zip(p.bins, sizes, strict=True)
            ),
            f"({weighed}) / {plain(total)} = {part.show()}",
        ),
        sense="Never negative, and between the smallest and the largest gap.",
    )


def _bins(p: CalibrationParams) -> str:
    return ", ".join(f"({plain(c)}, {plain(a)}, {n})" for c, a, n in p.bins)


ECE = Family(
    name="ece",
    title="Expected calibration error",
    topic=TOPIC,
    priority=2,
    concept="calibration",
    example=CalibrationParams(((0.9, 0.8, 50), (0.6, 0.7, 50))),
    sample=_ece_draw,
    prompt=lambda p: (
        f"Predictions fall into {len(p.bins)} bins of (mean confidence, accuracy, count): {_bins(p)}."
        " What is the expected calibration error (ECE)? A share between 0 and 1, 3 decimals."
    ),
    formula="ECE = sum n_b / N * |accuracy_b - confidence_b|",
    solve=_ece_solve,
    mistakes=(
        Mistake(
            "signed",
            "let gaps of different sign cancel",
            "Take the absolute gap of each bin.",
            lambda p: (_signed(p),) if _has_both_signs(p) else None,
        ),
        Mistake(
            "signed-turned",
            "let gaps of different sign cancel (confidence minus accuracy)",
            "Take the absolute gap of each bin.",
            lambda p: (-_signed(p),) if _has_both_signs(p) and abs(_signed(p)) > 1e-9 else None,
        ),
        Mistake(
            "not-weighted",
            "averaged the gaps without weights",
            "Weigh each bin by its share of the predictions.",
            lambda p: (mean([abs(gap) for gap in p.gaps]),),
        ),
        Mistake(
            "largest",
            "took the largest gap",
            "That is the maximum calibration error; the expected one is a weighted mean.",
            lambda p: (max(abs(gap) for gap in p.gaps),),
        ),
    ),
    mental=_ece_mental,
    refs=("Guo et al. 2017 (calibration)",),
)


FAMILIES = (
    CONFUSION_METRICS,
    BASE_RATE,
    FBETA,
    MACRO_MICRO_F1,
    ROC_AUC_PAIRS,
    THRESHOLD_PR,
    R2,
    KFOLD_SIZES,
    CV_SCORE,
    STRATIFIED_COUNTS,
    TIMESERIES_SPLIT,
    ECE,
)
