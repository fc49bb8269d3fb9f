"""What holds for every queue: told of answers one by one it equals one made anew, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from interviewprep.cards.heads import CardHead
from interviewprep.memory.fold import fold, step
from interviewprep.memory.queue import Queue
from interviewprep.memory.scheduler import Scheduler
from interviewprep.memory.types import Asked, CardState, Progress, QueueItem, QueueLimits, Rating, ReviewEvent

TODAY = 20000
DAY_MS = 86_400_000
SCHEDULER = Scheduler.DEFAULT


def folded(card: str, history: list[tuple[int, int, int | None]]) -> CardState | None:
    """The state after (days ago, rating, confidence) reviews."""
    events = [
        ReviewEvent(f"{n:03}", (TODAY - ago) * DAY_MS + n, TODAY - ago, rating, confidence)
        for n, (ago, rating, confidence) in enumerate(sorted(history, key=lambda h: -h[0]))
    ]
    return fold(card, events, SCHEDULER, desired_retention=0.9, maximum_interval=365)


@dataclass
class World:
    """A learner's day by the book: a selection, limits, and progress that only an answer changes."""

    heads: list[CardHead]
    limits: QueueLimits
    progress: Progress
    plan: list[str] | None
    outside: list[CardHead] = field(default_factory=list)

    def queue(self) -> Queue:
        return Queue(
            self.heads,
            self.progress,
            self.limits,
            order=self.plan,
            library=[*self.outside, *self.heads],
        )

    def answered(
        self, card: str, rating: Rating, reason: str, confidence: int | None
    ) -> tuple[Asked, CardState]:
        """Progress after an answer, as the store would keep it."""
        number = len(self.progress.asked)
        event = ReviewEvent(f"t{number:04}", TODAY * DAY_MS + 1000 + number, TODAY, int(rating), confidence)
        before = self.progress.states.get(card)
        after = step(before, card, event, SCHEDULER, desired_retention=0.9, maximum_interval=365)
        asked = Asked(card, int(rating), reason)
        self.progress = replace(
            self.progress,
            seen={**self.progress.seen, card: after.pass_days > 0},
            states={**self.progress.states, card: after},
            asked=(*self.progress.asked, asked),
        )
        return asked, after

    def hide(self, card: str) -> None:
        self.progress = replace(self.progress, hidden=self.progress.hidden | {card})


@st.composite
def worlds(draw: st.DrawFn, *, with_plan: bool = False) -> World:
    """A small library in which siblings, prerequisites (cycles too), repeats and red cards are common."""
    size = draw(st.integers(0, 22))
    concepts = [f"k{n}" for n in range(draw(st.sampled_from([3, 8, 40])))]
    heads: list[CardHead] = []
    outside: list[CardHead] = []
    states: dict[str, CardState] = {}
    seen: dict[str, bool] = {}
    for number in range(size):
        requires = draw(st.lists(st.sampled_from(concepts), max_size=2)) if draw(st.booleans()) else []
        head = CardHead(
            name=f"deck{draw(st.integers(0, 2))}#card{number}",
            kind="qa",
            concept=draw(st.sampled_from(concepts)),
            requires=" ".join(requires),
            level="medium",
            priority="should",
            tags="",
            scheduled=draw(st.sampled_from([1, 1, 1, 1, 1, 0])),
        )
        (outside if draw(st.integers(0, 9)) == 0 else heads).append(head)
        history = draw(
            st.lists(
                st.tuples(
                    st.sampled_from([0, 1, 1, 2, 5, 8, 30]), st.integers(1, 4), st.sampled_from([None, 1, 3])
                ),
                max_size=4,
            )
        )
        state = folded(head.name, history)
        if state is not None:
            seen[head.name] = state.pass_days > 0
            if state.due_day <= TODAY or state.last_day == TODAY or state.red_from_day is not None:
                states[head.name] = state
    everything = [*heads, *outside]
    hidden = {h.name for h in everything if draw(st.integers(0, 11)) == 0}
    asked = [
        Asked(card, state.last_rating, draw(st.sampled_from(["due", "new", "picked", "red"])))
        for card, state in states.items()
        if state.last_day == TODAY and draw(st.booleans())
    ]
    low = draw(st.integers(1, 6))
    return World(
        heads=heads,
        limits=QueueLimits(
            new_per_day=draw(st.sampled_from([0, 1, 3, 10, 99])),
            reviews_per_day=draw(st.sampled_from([0, 2, 5, 200, 200])),
            repeat_after=(low, low + draw(st.integers(0, 5))),
            sibling_gap=draw(st.sampled_from([0, 1, 3, 5, 5])),
        ),
        progress=Progress(TODAY, seen, states, frozenset(hidden), tuple(asked)),
        plan=draw(st.permutations([h.name for h in everything])) if with_plan else None,
        outside=outside,
    )


ratings = st.sampled_from([Rating.AGAIN, Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.GOOD, Rating.EASY])


def run(world: World, data: st.DataObject) -> list[QueueItem]:
    """Answer until the queue ends, failing no card more than three times."""
    queue = world.queue()
    items: list[QueueItem] = []
    failures: Counter[str] = Counter()
    while item := queue.next():
        rating = data.draw(ratings) if failures[item.card] < 3 else Rating.GOOD
        failures[item.card] += rating is Rating.AGAIN
        queue.record(*world.answered(item.card, rating, item.reason, None))
        items.append(item)
    return items


@settings(max_examples=70, deadline=None)
@given(data=st.data(), with_plan=st.booleans())
def test_told_of_answers_it_equals_a_queue_made_anew(data: st.DataObject, with_plan: bool) -> None:
    world = data.draw(worlds(with_plan=with_plan))
    queue = world.queue()
    names = [h.name for h in [*world.heads, *world.outside]]
    for _ in range(data.draw(st.integers(0, 40))):
        anew = world.queue()
        assert queue.next() == anew.next()
        assert queue.counts() == anew.counts()
        assert queue.order() == anew.order()
        event = data.draw(st.sampled_from(["next", "next", "next", "other", "hide"]))
        item = queue.next()
        if event == "next" and item:
            card, reason = item
        elif names:
            card, reason = data.draw(st.sampled_from(names)), "picked"
        else:
            return
        if event == "hide":
            world.hide(card)
            queue.hide(card)
        else:
            confidence = data.draw(st.sampled_from([None, 3]))
            queue.record(*world.answered(card, data.draw(ratings), reason, confidence))


@settings(max_examples=70, deadline=None)
@given(data=st.data(), with_plan=st.booleans())
def test_nothing_vanishes_nothing_comes_twice_and_limits_hold(data: st.DataObject, with_plan: bool) -> None:
    world = data.draw(worlds(with_plan=with_plan))
    start, limits = world.progress, world.limits
    queue = world.queue()
    counts = queue.counts()
    items = run(world, data)
    firsts = [item for item in items if item.reason != "repeat"]

    # Each card comes once but for repeats, and only cards that may be asked.
    assert len({item.card for item in firsts}) == len(firsts)
    askable = {h.name: h for h in world.heads if h.scheduled and h.name not in start.hidden}
    assert {item.card for item in items} <= askable.keys()

    # What was announced came.
    came = Counter(item.reason for item in firsts)
    assert (came["red"], came["due"], came["new"], came["plan"]) == (
        counts.red,
        counts.due,
        counts.new,
        counts.plan,
    )

    # Limits hold, counting what was asked before.
    before = Counter(asked.reason for asked in start.asked)
    assert came["new"] <= max(0, limits.new_per_day - before["new"])
    if not with_plan:
        assert came["due"] + came["red"] <= max(0, limits.reviews_per_day - before["due"] - before["red"])

    # What is left over was held back by a limit or as a sibling of a new card, by nothing else.
    states = world.progress.states
    done = {asked.card for asked in world.progress.asked}
    assert not any(states[card].repeat_day == TODAY for card in askable if card in states)
    left_due = {c for c in askable if c in start.states and start.states[c].due_day <= TODAY} - done
    reviews = before["due"] + before["red"] + came["due"] + came["red"]
    assert not left_due or reviews >= limits.reviews_per_day
    if not with_plan and before["new"] + came["new"] < limits.new_per_day:
        concept_of = {h.name: h.concept for h in [*world.heads, *world.outside]}
        used = {concept_of[a.card] for a in world.progress.asked if a.reason == "new"}
        left_new = {h.concept for card, h in askable.items() if card not in world.progress.seen}
        assert left_new <= used


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_new_siblings_never_come_on_one_day(data: st.DataObject) -> None:
    world = data.draw(worlds())
    concept_of = {h.name: h.concept for h in [*world.heads, *world.outside]}
    before = {concept_of[a.card] for a in world.progress.asked if a.reason == "new"}
    new = [concept_of[item.card] for item in run(world, data) if item.reason == "new"]
    assert len(set(new)) == len(new)
    assert before.isdisjoint(new)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_prerequisites_come_first_unless_nothing_else_is_left(data: st.DataObject) -> None:
    world = data.draw(worlds())
    everything = [*world.heads, *world.outside]
    concept_of = {h.name: h.concept for h in everything}
    askable = {h.name: h for h in world.heads if h.scheduled and h.name not in world.progress.hidden}
    queue = world.queue()
    while item := queue.next():
        passed = {concept_of[card] for card, ever in world.progress.seen.items() if ever}
        used = {concept_of[a.card] for a in world.progress.asked if a.reason == "new"}
        blocked = {
            card: any(
                concept not in passed
                and any(h.concept == concept for name, h in askable.items() if name != card)
                for concept in head.requires.split()
            )
            for card, head in askable.items()
            if card not in world.progress.seen and head.concept not in used
        }
        if item.reason == "new" and blocked[item.card]:
            counts = queue.counts()
            assert (counts.repeat, counts.red, counts.due) == (0, 0, 0)
            assert all(blocked.values())
            assert item.card == next(iter(blocked))
        queue.record(*world.answered(item.card, Rating.GOOD, item.reason, None))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_repeats_come_early_only_when_nothing_else_is_left(data: st.DataObject) -> None:
    world = data.draw(worlds())
    low = world.limits.repeat_after[0]
    started = len(world.progress.asked)
    items = run(world, data)
    asked = [a.card for a in world.progress.asked]
    for place, item in enumerate(items, start=started):
        if item.reason != "repeat" or item.card not in asked[started:place]:
            continue
        others = place - 1 - max(p for p in range(place) if asked[p] == item.card)
        others_left = [i for i in items[place - started + 1 :] if i.reason in ("due", "red")]
        assert others >= low or not others_left


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_next_card_follows_from_day_log_and_selection_alone(data: st.DataObject) -> None:
    world = data.draw(worlds())
    progress = world.progress
    shuffled = replace(
        progress,
        states=dict(data.draw(st.permutations(list(progress.states.items())))),
        seen=dict(data.draw(st.permutations(list(progress.seen.items())))),
    )
    other = Queue(world.heads, shuffled, world.limits, library=[*world.heads, *world.outside])
    assert other.order() == world.queue().order()


@settings(max_examples=60, deadline=None)
@given(
    size=st.integers(1, 60),
    concepts=st.sampled_from([2, 5, 60]),
    low=st.integers(1, 10),
    width=st.integers(0, 8),
    data=st.data(),
)
def test_no_failed_card_ever_waits_longer_than_the_most_others(
    size: int, concepts: int, low: int, width: int, data: st.DataObject
) -> None:
    heads = [CardHead(f"d#c{n}", "qa", f"k{n % concepts}", "", "easy", "must", "", 1) for n in range(size)]
    states = {h.name: folded(h.name, [(30, 3, None)]) for h in heads}
    due = {card: state for card, state in states.items() if state is not None}
    limits = QueueLimits(repeat_after=(low, low + width))
    world = World(heads, limits, Progress(TODAY, dict.fromkeys(due, True), due, frozenset(), ()), plan=None)
    items = run(world, data)
    last: dict[str, int] = {}
    for place, item in enumerate(items):
        if item.card in last:
            others = place - last[item.card] - 1
            assert others <= low + width
            assert others >= low or all(later.reason == "repeat" for later in items[place:])
        last[item.card] = place
    assert len(last) == size
