"""What the words of an answer say of an idea, by weights of words."""

from __future__ import annotations

import pytest

from interviewprep.grading.cardwords import prepare
from interviewprep.grading.clauses import sentences
from interviewprep.grading.facts import CardFacts
from interviewprep.grading.phrases import GROUP, PAIR, Phrases, merged, most_said, phrase_keys
from interviewprep.grading.stretches import clauses_of

NO_CARD = prepare(CardFacts("?", (), ()))
DROPOUT = Phrases(
    {"unit": {0: 2.0, 1: 1.0}, "random": {0: 3.0}, "!drop": {0: -1.0, 1: 4.0}, "drop": {0: 2.0, 1: -2.0}}, 2
)


def keys(text: str) -> dict[str, float]:
    return merged(phrase_keys(sentence.words) for sentence in sentences(text))


def test_the_weights_of_the_words_add_up() -> None:
    assert DROPOUT.scores({"unit": 1.0, "random": 0.5, "cheese": 1.0}) == [3.5, 1.0]
    assert DROPOUT.scores({}) == [0.0, 0.0]


def test_what_is_denied_and_what_is_claimed_are_different_words() -> None:
    assert set(keys("it updates weights")).isdisjoint(keys("it does not update weights"))
    assert "!updat~!weight" in keys("it does not update weights")
    assert "!updat" in keys("it does not update weights")
    assert keys("people think it updates weights, but it doesn't") == {}


def test_a_word_counts_for_its_synonyms_too_but_less() -> None:
    found = keys("the average")
    assert found["averag"] == 1.0
    assert len(found) > 1
    assert {value for key, value in found.items() if key != "averag"} == {GROUP}


def test_neighbours_count_together_so_that_roles_can_be_told() -> None:
    right, swapped = keys("divide overlap by union"), keys("divide union by overlap")
    pair = {key for key in right if "~" in key}
    assert {"overlap~union"} == pair - set(swapped) - {"divid~overlap", "divid~union"}
    assert all(right[key] == PAIR for key in pair)
    assert "~" not in "".join(keys("union. Overlap"))


def test_the_stretch_that_says_most_counts() -> None:
    text = "Random units are dropped, and at test time nothing is dropped."
    first, second = most_said(DROPOUT, clauses_of(NO_CARD, text))
    assert first.score == 7.0
    assert [w.token.word for w in first.words] == ["random", "units", "are", "dropped"]
    assert [first.words[place].token.word for place in DROPOUT.telling(first.words, 0)] == [
        "random",
        "units",
        "dropped",
    ]
    assert second.score == 4.0
    assert [second.words[place].token.word for place in DROPOUT.telling(second.words, 1)] == ["dropped"]
    assert most_said(DROPOUT, []) == [(0.0, ()), (0.0, ())]


@pytest.mark.parametrize(
    "more", ["Cheese.", "Nothing is dropped.", "Units, units and units, which are random."]
)
def test_more_said_never_takes_away(more: str) -> None:
    text = "Random units are dropped."
    before = most_said(DROPOUT, clauses_of(NO_CARD, text))
    for longer in (f"{text} {more}", f"{more} {text}"):
        after = most_said(DROPOUT, clauses_of(NO_CARD, longer))
        assert all(b.score >= a.score for a, b in zip(before, after, strict=True))
