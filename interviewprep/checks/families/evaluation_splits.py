"""Splits of the data for validation, and what their scores come to."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Solution
from interviewprep.checks.formulas import beyond, mean, squares_around_mean, variance
from interviewprep.checks.numbers import Vector, listed, plain, show
from interviewprep.checks.wording import counted, percent

TOPIC = "evaluation"


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
    rule=lambda p: "there are more folds than samples" if p.k > p.n else "",
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
    rule=lambda p: (
        beyond(0, 100, percent=p.percent) or ("there are more folds than samples" if p.k > p.n else "")
    ),
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
    rule=lambda p: "there are not enough samples for the splits" if p.k >= p.n else "",
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


FAMILIES = (KFOLD_SIZES, CV_SCORE, STRATIFIED_COUNTS, TIMESERIES_SPLIT)
