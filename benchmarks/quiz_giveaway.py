"""What quiz questions give away to someone who knows nothing (targets: longest right at most 1.3/n, any habit
at most 10 points above chance), over the written questions and those made from every shipped card.

The peer is what one would do first: the card's one-liner among its first three misconceptions, as written.
Also the time to make one question. Run with `python -m benchmarks.quiz_giveaway`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from interviewprep.cards.model import Card, ChoiceCard
from interviewprep.settings import shipped_decks
from interviewprep.store.index import Library
from interviewprep.study.quiz_balance import Choice, Tally, gains
from interviewprep.study.quiz_items import Item
from interviewprep.study.quiz_making import made_item
from interviewprep.study.quiz_statements import Sayings, names_of, sayings_of

SEEDS = range(1, 6)
STATED = 0.10


def main() -> None:
    """Print the figures."""
    with TemporaryDirectory() as folder:
        library = Library.open(Path(folder) / "index.db", [shipped_decks()])
        cards = {h.name: library.card(h.name) for h in library.heads if h.kind == "qa"}
        by_concept: dict[str, list[Card]] = {}
        for card in cards.values():
            by_concept.setdefault(card.concept, []).append(card)
        sayings = {n: sayings_of(card, library.concepts, by_concept) for n, card in cards.items()}
        written = _written(library)
        _print("written choices", _tally(written), written)
        naive = [_naive(card, sayings[name]) for name, card in cards.items() if card.one_liner]
        _print("peer: one-liner and misconceptions", _tally(naive), naive)
        for seed in SEEDS:
            began = process_time()
            items, tally = _made(library, sayings, seed)
            ms = 1000 * (process_time() - began) / max(1, len(items))
            forms = ", ".join(f"{count} {form}" for form, count in Counter(i.form for i in items).items())
            made = [_choice(item, library) for item in items if item.form != "true-false"]
            _print(f"generated, seed {seed} ({forms}; {ms:.1f} ms each)", tally, made)
            _print("  together with the written ones", _tally([*written, *made]), [*written, *made])
        library.close()


def _written(library: Library) -> list[Choice]:
    found = []
    for head in library.heads:
        card = library.card(head.name)
        if isinstance(card, ChoiceCard) and card.form not in {"order", "true-false"}:
            names = names_of(library.concepts[head.concept])
            texts, right = tuple(o.text for o in card.options), tuple(o.right for o in card.options)
            found.append(Choice(card.question, names, texts, right))
    return found


def _naive(card: Card, sayings: Sayings) -> Choice:
    wrong = [m.wrong for m in card.misconceptions[:3]]
    return Choice(card.question, sayings.names, (card.one_liner, *wrong), (True, *[False] * len(wrong)))


def _made(library: Library, sayings: dict[str, Sayings], seed: int) -> tuple[list[Item], Tally]:
    tally = Tally()
    made = [
        made_item(said, library.head(name), topic="", card_hash="", seed=seed, tally=tally)
        for name, said in sayings.items()
    ]
    return [item for item in made if item is not None], tally


def _choice(item: Item, library: Library) -> Choice:
    names = names_of(library.concepts[library.head(item.card).concept])
    texts, right = tuple(o.text for o in item.options), tuple(o.right for o in item.options)
    return Choice(item.question, names, texts, right)


def _tally(choices: Sequence[Choice]) -> Tally:
    tally = Tally()
    for choice in choices:
        tally.add("one", gains(choice))
    return tally


def _print(title: str, tally: Tally, choices: Sequence[Choice]) -> None:
    longest = chance = 0.0
    for choice in (c for c in choices if sum(c.right) == 1):
        lengths = [len(text) for text in choice.texts]
        top = [ok for size, ok in zip(lengths, choice.right, strict=True) if size == max(lengths)]
        longest += sum(top) / len(top)
        chance += 1 / len(lengths)
    habit, above = max(tally.above_chance().items(), key=lambda pair: pair[1])
    verdict = "ok" if above <= STATED and longest <= 1.3 * chance else "above the target"
    print(
        f"{title}: {tally.questions()} questions, longest right {longest / chance:.2f}/n,"
        f" best habit {habit!r} {100 * above:+.1f} points: {verdict}"
    )


if __name__ == "__main__":
    main()
