"""A small library on disk, a clock that is set by hand, a home folder over both."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from interviewprep.settings import Settings, find_paths
from interviewprep.store.index import Library
from interviewprep.study.desk import Desk

SMALL_DECK = """\
format: 1
title: Optimizers
concepts:
  momentum: {title: Momentum, requires: [sgd]}
cards:
  - id: sgd
    level: easy
    tags: [optimizer]
    question: What is stochastic gradient descent?
    variants:
      - {id: noise, ask: Why is the gradient of a mini-batch noisy?}
    short: SGD steps against the gradient of a random mini-batch.
    one_liner: Step against a mini-batch gradient.
    detailed: |
      $w \\leftarrow w - \\eta g$
    key_points:
      - {id: mini-batch, weight: must, text: uses the gradient of a random mini-batch, accept: [random batch]}
      - {id: against, weight: must, text: steps against it, accept: [downhill]}
      - {id: unbiased, weight: nice, text: the estimate is unbiased, accept: [right on average]}
    misconceptions:
      - {id: adds-noise, wrong: SGD adds noise to the gradient., why: The noise comes from sampling.}
  - id: momentum
    level: medium
    tags: [optimizer]
    question: What does momentum change about SGD?
    short: Momentum steps along a decaying sum of past gradients.
    key_points:
      - {id: decaying-sum, weight: must, text: sums past gradients with decay, accept: [velocity]}
  - id: adam
    level: medium
    tags: [optimizer, adaptive]
    question: How does Adam set the step of each weight?
    short: Adam divides a running mean of gradients by the root of a running mean of their squares.
"""

LOSS_DECK = """\
format: 1
title: Losses
cards:
  - id: mse
    question: What is the mean squared error?
    short: The mean of the squared differences between predictions and targets.
  - id: mae
    question: What is the mean absolute error?
    short: The mean of the absolute differences between predictions and targets.
"""


@dataclass
class Clock:
    """A clock that moves only when told."""

    now: datetime = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        """Move on by a timedelta's arguments."""
        self.now += timedelta(**delta)


@dataclass
class World:
    """A home folder with two decks, and desks that share it."""

    home: Path
    clock: Clock
    settings: Settings

    def desk(self) -> Desk:
        """A desk as a new process would have it."""
        paths = replace(
            find_paths({"INTERVIEWPREP_HOME": str(self.home)}), shipped_decks=self.home / "shipped"
        )
        library = Library.open(paths.index, paths.deck_folders)
        return Desk(self.settings, paths, library, clock=self.clock, tz=UTC)


@dataclass(frozen=True)
class Ran:
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """The document on stdout."""
        return json.loads(self.out)


Run = Callable[..., Ran]
