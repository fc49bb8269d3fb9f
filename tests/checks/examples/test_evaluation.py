"""Evaluation: the table's examples, and a second computation with scikit-learn and NumPy."""

from __future__ import annotations

from statistics import fmean, stdev

import numpy as np
import pytest
from sklearn import metrics, model_selection  # type: ignore[import-untyped, unused-ignore]
from support_checks import asked_first, close, drawn_with_mental, values

from interviewprep.checks.families.evaluation_counts import BASE_RATE, CONFUSION_METRICS
from interviewprep.checks.families.evaluation_f_scores import (
    FBETA,
    MACRO_MICRO_F1,
    ConfusionParams,
    FBetaParams,
)
from interviewprep.checks.families.evaluation_regression import R2, RegressionParams
from interviewprep.checks.families.evaluation_scores import (
    ECE,
    ROC_AUC_PAIRS,
    THRESHOLD_PR,
    CalibrationParams,
    ScoresParams,
    ThresholdParams,
)
from interviewprep.checks.families.evaluation_splits import (
    CV_SCORE,
    KFOLD_SIZES,
    STRATIFIED_COUNTS,
    TIMESERIES_SPLIT,
    KFoldParams,
)
from interviewprep.checks.formulas import Counts
from interviewprep.checks.grade import Outcome, grade
from interviewprep.checks.variants import build

RIGHT = (
    ("confusion-metrics", "0.85, 0.8, 0.6667, 0.7273, 0.9286"),
    ("base-rate", "0.1538 0.99"),
    ("base-rate", "15.38% 99%"),
    ("fbeta", "0.6897"),
    ("macro-micro-f1", "0.6933 0.7 0.7297"),
    ("roc-auc-pairs", "0.8333"),
    ("threshold-pr", "0.75 1"),
    ("r2", "0.375"),
    ("kfold-sizes", "20 20 20 20 20; 80; 60"),
    ("cv-score", "0.8 0.0158"),
    ("stratified-counts", "2"),
    ("timeseries-split", "16; 20,36,52,68,84"),
    ("ece", "0.1"),
)

WRONG = (
    ("confusion-metrics", "0.85 0.6667 0.8 0.7273 0.9286", "swapped"),
    ("confusion-metrics", "0.85 0.8 0.6667 0.7333 0.9286", "arithmetic-mean"),
    ("confusion-metrics", "0.7333", "arithmetic-mean"),
    ("confusion-metrics", "0.5714 0.8 0.6667 0.7273 0.9286", "no-true-negatives"),
    ("confusion-metrics", "0.5714", "no-true-negatives"),
    ("base-rate", "0.9 0.99", "sensitivity"),
    ("base-rate", "0.9", "sensitivity"),
    ("base-rate", "0.1538 0", "recall-for-accuracy"),
    ("fbeta", "0.7692", "wrong-term"),
    ("fbeta", "0.7059", "not-squared"),
    ("macro-micro-f1", "0.7506 0.7 0.7297", "f1-of-means"),
    ("macro-micro-f1", "0.7506", "f1-of-means"),
    ("roc-auc-pairs", "0.7143", "accuracy"),
    ("roc-auc-pairs", "1.4286", "divided-by-sum"),
    ("threshold-pr", "1 0.75", "swapped"),
    ("r2", "0.625", "ratio-only"),
    ("r2", "0.9398", "around-zero"),
    ("kfold-sizes", "20 20 20 20 20 20 60", "fold-for-training"),
    ("kfold-sizes", "20", "fold-for-training"),
    ("kfold-sizes", "20 20 20 20 20 80 5", "no-settings"),
    ("kfold-sizes", "5", "no-settings"),
    ("kfold-sizes", "20 20 20 20 20 80 61", "refit"),
    ("cv-score", "0.8 0.0141", "population-std"),
    ("cv-score", "0.0141", "population-std"),
    ("cv-score", "0.82 0.0158", "best-fold"),
    ("cv-score", "0.82", "best-fold"),
    ("stratified-counts", "10", "total"),
    ("timeseries-split", "20 80 80 80 80 80", "kfold"),
    ("ece", "0", "signed"),
)


@pytest.mark.parametrize(("name", "text"), RIGHT)
def test_the_tables_answers_are_right(name: str, text: str) -> None:
    assert grade(asked_first(name), text).outcome is Outcome.RIGHT


@pytest.mark.parametrize(("name", "text", "mistake"), WRONG)
def test_the_tables_wrong_answers_are_named(name: str, text: str, mistake: str) -> None:
    verdict = grade(asked_first(name), text)
    assert (verdict.outcome, verdict.mistake) == (Outcome.WRONG, mistake)


def test_examples_ask_with_the_tables_numbers_and_conventions() -> None:
    asked = {name: asked_first(name).prompt for name, _ in RIGHT}
    assert "40 true positives, 10 false positives, 20 false negatives and 130" in asked["confusion-metrics"]
    assert "1% of all people" in asked["base-rate"]
    assert "sensitivity 90% and specificity 95%" in asked["base-rate"]
    assert "precision 0.8 and recall 0.6667" in asked["fbeta"]
    assert "(rows: actual, columns: predicted)" in asked["macro-micro-f1"]
    assert "[0.9, 0.7, 0.4], the negatives [0.8, 0.3, 0.2, 0.1]" in asked["roc-auc-pairs"]
    assert "0.35 or more is called positive" in asked["threshold-pr"]
    assert "[3, 5, 7], the predictions [2, 5, 9]" in asked["r2"]
    assert "12 settings" in asked["kfold-sizes"]
    assert "without a final refit" in asked["kfold-sizes"]
    assert "(ddof = 1)" in asked["cv-score"]
    assert "10% of 100 samples" in asked["stratified-counts"]
    assert "100 samples" in asked["timeseries-split"]
    assert "(0.9, 0.8, 50), (0.6, 0.7, 50)" in asked["ece"]


def test_fbeta_below_one() -> None:
    variant = build(FBETA, FBetaParams(0.8, 0.6667, 0.5))
    assert grade(variant, "0.7692").outcome is Outcome.RIGHT
    assert grade(variant, "0.6897").mistake == "wrong-term"


def test_macro_f1_of_the_table_before_the_audit() -> None:
    variant = build(MACRO_MICRO_F1, ConfusionParams(((8, 2, 0), (1, 6, 3), (0, 2, 28))))
    assert grade(variant, "0.7867 0.84 0.8392").outcome is Outcome.RIGHT
    assert grade(variant, "0.787 0.84 0.841").mistake == "predicted-weights"


def test_ties_count_one_half() -> None:
    variant = build(ROC_AUC_PAIRS, ScoresParams((0.9, 0.7, 0.4), (0.7, 0.3, 0.2, 0.1)))
    assert grade(variant, "0.875").outcome is Outcome.RIGHT
    assert grade(variant, "0.9167").mistake == "ties-won"
    assert grade(variant, "0.8333").mistake == "ties-lost"


def test_the_score_at_the_threshold_is_called_positive() -> None:
    scores = ScoresParams((0.9, 0.7, 0.4), (0.8, 0.3, 0.2, 0.1))
    variant = build(THRESHOLD_PR, ThresholdParams(scores, 0.4))
    assert grade(variant, "0.75 1").outcome is Outcome.RIGHT
    assert grade(variant, "0.6667 0.6667").mistake == "strict"


def test_r_squared_can_be_negative() -> None:
    variant = build(R2, RegressionParams((3, 5, 7), (7, 5, 3)))
    assert grade(variant, "-3").outcome is Outcome.RIGHT
    assert grade(variant, "4").mistake == "ratio-only"
    assert grade(variant, "1").mistake == "squared-correlation"


def test_folds_that_do_not_come_out_even() -> None:
    variant = build(KFOLD_SIZES, KFoldParams(103, 5))
    assert grade(variant, "21,21,21,20,20; 82; 5").outcome is Outcome.RIGHT
    assert grade(variant, "20 20 20 20 20 80 5").mistake == "rest-dropped"
    assert grade(variant, "23 20 20 20 20 80 5").mistake == "rest-in-one-fold"
    assert grade(variant, "20.6 20.6 20.6 20.6 20.6 82.4 5").mistake == "fractions"


def test_bins_are_weighed_and_do_not_cancel() -> None:
    variant = build(ECE, CalibrationParams(((0.9, 0.8, 30), (0.6, 0.65, 70))))
    assert grade(variant, "0.065").outcome is Outcome.RIGHT
    assert grade(variant, "0.075").mistake == "not-weighted"
    assert grade(variant, "0.005").mistake == "signed"
    assert grade(variant, "-0.005").mistake == "signed-turned"
    assert grade(variant, "0.1").mistake == "largest"


# -- a second computation --------------------------------------------------------------------------


def judged(p: Counts) -> tuple[list[int], list[int]]:
    """Actual and predicted classes."""
    return [1] * p.tp + [0] * p.fp + [1] * p.fn + [0] * p.tn, [1] * (p.tp + p.fp) + [0] * (p.fn + p.tn)


def test_confusion_metrics_agree_with_scikit_learn() -> None:
    for variant in drawn_with_mental(CONFUSION_METRICS):
        actual, predicted = judged(variant.params)
        expected = [
            metrics.accuracy_score(actual, predicted),
            metrics.precision_score(actual, predicted),
            metrics.recall_score(actual, predicted),
            metrics.f1_score(actual, predicted),
            metrics.recall_score(actual, predicted, pos_label=0),
        ]
        close(values(variant), expected)


def test_base_rate_agrees_with_a_joint_table() -> None:
    for variant in drawn_with_mental(BASE_RATE):
        p = variant.params
        joint = np.diag([p.prevalence, 1 - p.prevalence]) @ np.array(
            [[p.sensitivity, 1 - p.sensitivity], [1 - p.specificity, p.specificity]]
        )
        close(values(variant), [joint[0, 0] / joint[:, 0].sum(), joint[1].sum()])


def test_fbeta_agrees_with_the_weighted_harmonic_mean() -> None:
    for variant in drawn_with_mental(FBETA):
        p = variant.params
        share = 1 / (1 + p.beta**2)
        close(values(variant), [1 / (share / p.precision + (1 - share) / p.recall)])


def test_averaged_f1_agrees_with_scikit_learn() -> None:
    for variant in drawn_with_mental(MACRO_MICRO_F1):
        counts = np.array(variant.params.counts)
        rows, columns = np.indices(counts.shape)
        actual, predicted = (
            np.repeat(rows.ravel(), counts.ravel()),
            np.repeat(columns.ravel(), counts.ravel()),
        )
        expected = [metrics.f1_score(actual, predicted, average=a) for a in ("macro", "micro", "weighted")]
        close(values(variant), expected)


def ranked(p: ScoresParams) -> tuple[list[int], list[float]]:
    return [1] * len(p.positives) + [0] * len(p.negatives), [*p.positives, *p.negatives]


def test_auc_agrees_with_scikit_learn_and_with_the_curve() -> None:
    for variant in drawn_with_mental(ROC_AUC_PAIRS):
        close(values(variant), [metrics.roc_auc_score(*ranked(variant.params))])
        x, y = zip(*variant.solution.pictures[0].image, strict=True)
        close(values(variant), [metrics.auc(x, y)])


def test_precision_and_recall_agree_with_scikit_learn() -> None:
    for variant in drawn_with_mental(THRESHOLD_PR):
        actual, scores = ranked(variant.params.scores)
        predicted = [int(s >= variant.params.threshold) for s in scores]
        expected = [metrics.precision_score(actual, predicted), metrics.recall_score(actual, predicted)]
        close(values(variant), expected)


def test_r_squared_agrees_with_scikit_learn() -> None:
    found = [(values(v), metrics.r2_score(v.params.y, v.params.y_hat)) for v in drawn_with_mental(R2)]
    for value, expected in found:
        close(value, [expected])
    assert sum(expected < 0 for _, expected in found) >= 20


def test_folds_agree_with_scikit_learn() -> None:
    for variant in drawn_with_mental(KFOLD_SIZES):
        p = variant.params
        rounds = list(model_selection.KFold(p.k).split(np.zeros(p.n)))
        fits = model_selection.RepeatedKFold(n_splits=p.k, n_repeats=p.repeats).get_n_splits() * p.settings
        close(values(variant), [*(len(test) for _, test in rounds), len(rounds[0][0]), fits])


def test_fold_scores_agree_with_the_statistics_module() -> None:
    for variant in drawn_with_mental(CV_SCORE):
        scores = variant.params.scores
        close(values(variant), [fmean(scores), stdev(scores)])


def test_stratified_folds_agree_with_scikit_learn() -> None:
    for variant in drawn_with_mental(STRATIFIED_COUNTS):
        p = variant.params
        labels = np.arange(p.n) < p.n * p.percent / 100
        splits = model_selection.StratifiedKFold(p.k).split(np.zeros(p.n), labels)
        assert {int(labels[test].sum()) for _, test in splits} == set(values(variant))


def test_time_series_splits_agree_with_scikit_learn() -> None:
    for variant in drawn_with_mental(TIMESERIES_SPLIT):
        p = variant.params
        rounds = list(model_selection.TimeSeriesSplit(p.k).split(np.zeros(p.n)))
        assert len({len(test) for _, test in rounds}) == 1
        close(values(variant), [len(rounds[0][1]), *(len(train) for train, _ in rounds)])


def test_calibration_error_agrees_with_numpy() -> None:
    for variant in drawn_with_mental(ECE):
        confidence, accuracy, count = np.array(variant.params.bins).T
        close(values(variant), [np.average(np.abs(accuracy - confidence), weights=count)])
