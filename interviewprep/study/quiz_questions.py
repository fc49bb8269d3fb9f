"""The two sides of a quiz question: what is shown before the answer, and all that is told after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from interviewprep.errors import InterviewPrepError
from interviewprep.study.quiz_items import PICK_ONE, Form, Item
from interviewprep.study.quiz_marking import Given, Mark, mark_choice, mark_number, mark_sheet

if TYPE_CHECKING:
    from interviewprep.study.rounds import Round
    from interviewprep.study.sheet import AnswerSheet


class QuizError(InterviewPrepError):
    """An answer that a quiz question cannot take; nothing was kept."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class Question:
    """The question side of an item: nothing in it tells what is right."""

    number: int
    """From 1."""
    of: int
    form: Form
    text: str
    options: tuple[tuple[str, str], ...]
    """(id, text) in the order shown."""
    topic: str
    level: str
    is_due: bool
    seconds: int
    """The time for it; 0: none."""
    wants_reason: tuple[str, ...] = ()
    """Ids of the options of which the reason is asked once they are picked."""

    @property
    def is_written(self) -> bool:
        """Whether it is answered in a field and not by picking."""
        return self.form in {"typed", "numeric"}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer that was handed in, with all that is known about the question."""

    number: int
    item: Item
    given: Given
    mark: Mark
    """Before it is settled: as far as the program can tell."""
    is_late: bool
    needs: str = ""
    """`ticks`: which points were said is still to be settled; `reason`: whether the reason was right."""
    sheet: AnswerSheet | None = None
    """The points of a question answered in one's own words."""
    round: Round | None = None
    """The calculation, with what was handed in."""


def question_of(item: Item, *, number: int, of: int, seconds: int) -> Question:
    """The side of an item that may be seen before the answer."""
    return Question(
        number=number,
        of=of,
        form=item.form,
        text=item.question,
        options=tuple((o.id, o.text) for o in item.options),
        topic=item.topic,
        level=item.level,
        is_due=item.is_due,
        seconds=seconds,
        wants_reason=tuple(o.id for o in item.options if item.wants_reason(o.id)),
    )


def told_of(item: Item, given: Given, *, number: int, is_late: bool) -> Told:
    """All that is known about a question once an answer to it was handed in."""
    told = Told(number, item, given, Mark(0.0), is_late)
    if item.form == "typed":
        sheet = _sheet(item, given.text)
        if is_late or not given.text.strip():
            return replace(told, sheet=sheet, mark=Mark(0.0, mark_sheet(sheet).verdict))
        return replace(told, sheet=sheet, mark=mark_sheet(sheet), needs="ticks")
    if item.form == "numeric":
        asked = item.round()
        verdict = asked.hand_in(given.text)
        asked.give_up()
        mark = mark_number(verdict, [p.label for p in asked.variant.parts])
        return replace(told, round=asked, mark=Mark(0.0, mark.verdict) if is_late else mark)
    mark = mark_choice(item, given.picked, reason_given=False)
    if is_late:
        return replace(told, mark=Mark(0.0, mark.verdict))
    has_reason = any(map(item.wants_reason, given.picked)) and bool(given.text.strip())
    return replace(told, mark=mark, needs="reason" if mark.score and has_reason else "")


def check_given(item: Item, given: Given, *, is_final: bool) -> None:
    """Raises QuizError for an answer that the question cannot take; what `is_final` may be incomplete."""
    known = [o.id for o in item.options]
    if any(p not in known for p in given.picked):
        strange = ", ".join(p for p in given.picked if p not in known)
        raise QuizError(f"There is no option {strange}.", "Pick from those that are shown.")
    if len(set(given.picked)) < len(given.picked):
        raise QuizError("An option is named twice.", "Name each at most once.")
    if item.form in PICK_ONE and len(given.picked) > 1:
        raise QuizError("Only one option can be picked.")
    if item.form == "order" and given.picked and len(given.picked) < len(known) and not is_final:
        raise QuizError("Some options have no place yet.", "Pick all of them, in order.")
    if item.form == "numeric" and given.text.strip() and not is_final:
        from interviewprep.checks.grade import Outcome, grade

        verdict = grade(item.round().variant, given.text)
        if verdict.outcome is Outcome.UNREADABLE:
            raise QuizError(verdict.message, verdict.cure)


def _sheet(item: Item, text: str) -> AnswerSheet:
    """The points of the card, ticked where the answer says them as far as can be told offline."""
    from interviewprep.study.sheet import AnswerSheet

    sheet = AnswerSheet(item.asked_card(), text=text)
    sheet.grade()
    return sheet
