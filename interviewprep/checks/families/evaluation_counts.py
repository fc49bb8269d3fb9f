"""What the counts of a confusion matrix say about a classifier."""

from __future__ import annotations

from typing import NamedTuple

from interviewprep.checks.draw import Draw
from interviewprep.checks.family import Family, Mistake, Part, Picture, Solution
from interviewprep.checks.formulas import Counts, beyond, harmonic
from interviewprep.checks.numbers import plain
from interviewprep.checks.wording import percent

TOPIC = "evaluation"


# -- confusion-metrics ---------------------------------------------------------------------------


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
        pictures=(
            Picture(
                "matrix",
                ("predicted +", "predicted -", "actual +", "actual -"),
                image=((p.tp, p.fn), (p.fp, p.tn)),
            ),
        ),
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
    rule=lambda p: beyond(0, 1, **p._asdict()),
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


FAMILIES = (CONFUSION_METRICS, BASE_RATE)
