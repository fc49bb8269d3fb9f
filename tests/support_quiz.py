"""A deck for quizzes: question cards about two optimizers, choices of every form, a calculation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from support import World

    from interviewprep.study.quiz import Quiz
    from interviewprep.study.quiz_marking import Given
    from interviewprep.study.quiz_questions import Question

QUIZ_DECK = """\
format: 1
title: Steps
concepts:
  drive: {title: Drive, confused_with: [scaler]}
  scaler: {title: Scaler, confused_with: [drive]}
cards:
  - id: drive
    level: easy
    question: What does drive change?
    short: >-
      Drive steps along a decaying sum of past gradients. Steady directions build up speed step after step.
      Directions that flip sign are damped, so the path zig-zags less.
    one_liner: Drive is a decaying sum of past gradients that replaces the gradient itself.
    key_points:
      - {id: sum, weight: must, text: It steps along a decaying sum of past gradients., accept: [velocity]}
      - {id: damped, weight: must, text: Directions that flip sign are damped., accept: [less zig-zag]}
      - {id: overshoot, weight: nice, text: It can overshoot the minimum.}
    misconceptions:
      - {id: per-weight, wrong: Drive adapts the learning rate of each weight., why: Scaler does that.}
      - {id: faster, wrong: A higher beta makes training converge sooner in every case., why: It overshoots.}
      - {id: memory, wrong: Drive stores the whole history of all gradients seen so far., why: One sum.}
  - id: scaler
    level: hard
    question: What does scaler divide by?
    short: Scaler divides each gradient by the root of a moving average of its squares.
    key_points:
      - {id: root, weight: must, text: divides each gradient by a running root mean square}
      - {id: per-weight, weight: nice, text: The scale is kept separately for every weight.}
    misconceptions:
      - {id: no-rate, wrong: Scaler needs no learning rate to be chosen., why: A global rate remains.}
      - {id: direction, wrong: Scaler smooths the direction of the step over time., why: It scales.}
"""

CHOICE_DECK = """\
format: 1
title: Choices
cards:
  - id: pick
    kind: choice
    form: one
    concept: drive
    level: easy
    question: Which one sums gradients?
    options:
      - {id: drive, text: Drive, right: true, why: It keeps a velocity.}
      - {id: scaler, text: Scaler, why: It averages squares.}
      - {id: plain, text: Plain descent, why: It keeps nothing.}
  - id: all
    kind: choice
    form: several
    concept: steps
    level: medium
    question: Which keep a state?
    options:
      - {id: drive, text: Drive, right: true, why: A velocity.}
      - {id: scaler, text: Scaler, right: true, why: An average.}
      - {id: plain, text: Plain descent, why: Nothing.}
  - id: truth
    kind: choice
    form: true-false
    concept: rates
    level: easy
    question: True or false? Scaler has no learning rate.
    options:
      - {id: "true", text: "True", why: There is a global one.}
      - {id: "false", text: "False", right: true, why: The global rate stays.}
  - id: first-to-last
    kind: choice
    form: order
    concept: iteration
    level: hard
    question: Put one iteration in order.
    options:
      - {id: forward, text: Forward pass}
      - {id: backward, text: Backward pass}
      - {id: step, text: Optimizer step}
  - id: blank
    kind: choice
    form: gap
    concept: beta
    drill: true
    question: With beta 0.9 a constant gradient is amplified ___ times.
    options:
      - {id: ten, text: ten, right: true, why: 1 / (1 - 0.9).}
      - {id: nine, text: nine, why: Forgets the first.}
"""

CHECK_DECK = """\
format: 1
title: Numbers
cards:
  - id: mae
    kind: numeric
    concept: mae-number
    level: easy
    question: A mean absolute error
    family: mae
"""


def with_quiz_decks(world: World) -> World:
    """The world with these decks in place of its own."""
    shipped = world.home / "shipped"
    for path in shipped.glob("*.yaml"):
        path.unlink()
    for name, text in (("steps", QUIZ_DECK), ("choices", CHOICE_DECK), ("numbers", CHECK_DECK)):
        (shipped / f"{name}.yaml").write_text(text, encoding="utf-8")
    return world


def right_answer(quiz: Quiz, question: Question) -> Given:
    """What is right, taken from the frozen items, which a question does not show."""
    from interviewprep.study.quiz_items import item_from_json
    from interviewprep.study.quiz_marking import Given

    saved = quiz.desk.store.sessions("quiz", session_id=quiz.session_id)[0]
    item = item_from_json(saved.items[question.number - 1])
    if item.form == "numeric":
        return Given(text=item.round().variant.answer)
    if item.form == "typed":
        return Given(text="all of it")
    if item.form == "order":
        return Given(tuple(o.id for o in sorted(item.options, key=lambda o: o.place)))
    return Given(tuple(o.id for o in item.options if o.right))


def wrong_answer(quiz: Quiz, question: Question) -> Given:
    """Something wrong for a choice or a number."""
    from interviewprep.study.quiz_marking import Given

    if question.form == "numeric":
        return Given(text="-987654")
    right = right_answer(quiz, question).picked
    if question.form == "order":
        return Given(tuple(reversed(right)))
    return Given(tuple(id for id, _ in question.options if id not in right)[:1])
