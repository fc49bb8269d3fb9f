"""What a classifier's scores are worth: ranking, thresholds, calibration."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.formulas import Counts, beyond, mean, weighted_mean
from interviewprep.checks.numbers import Matrix, Vector, listed, plain

TOPIC = "evaluation"


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
    return weighted_mean(p.gaps, p.counts)


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
    part = Part("", weighted_mean(sizes, p.counts), digits=3)
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
    rule=lambda p: beyond(0, 1, bins=[share for bin in p.bins for share in bin[:2]]),
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


FAMILIES = (ROC_AUC_PAIRS, THRESHOLD_PR, ECE)
