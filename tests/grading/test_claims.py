"""What a text claims, denies and only reports."""

from __future__ import annotations

import pytest

from interviewprep.grading.clauses import sentences


def shown(text: str) -> str:
    """The words of a text; `!` after what is denied, `*` after what is not claimed."""
    words = (word for sentence in sentences(text) for word in sentence.words)
    return " ".join(f"{w.token.word}{'' if w.claimed else '*'}{'!' if w.denied else ''}" for w in words)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("it does not update weights", "it does not update! weights!"),
        ("it does not count labels but weights", "it does not count! labels! but weights"),
        ("without labels it can still cluster", "without labels! it can still cluster"),
        ("it does not mean it is linear", "it does not mean! it! is! linear!"),
        ("so no normalising, and it does not care", "so no normalising! and it does not care!"),
    ],
)
def test_a_denial_reaches_to_the_end_of_the_clause(text: str, wanted: str) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("it is linear, that is not true", "it! is! linear! that! is! not true!"),
        ("it is not true that it is linear", "it is not true! that! it! is! linear!"),
        ("you need not correct anything", "you need not correct! anything!"),
        ("it is linear, this is wrong, it bends", "it! is! linear! this is wrong it bends"),
    ],
)
def test_what_is_called_untrue_is_denied_and_nothing_else(text: str, wanted: str) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("people think it adds noise", "people* think* it* adds* noise*"),
        ("people think it adds noise, but it samples", "people* think* it* adds* noise* but it samples"),
        ("people think it adds noise, it samples", "people* think* it* adds* noise* it samples"),
        ("many believe it adds noise, nope, sampling", "many* believe* it* adds* noise* nope sampling"),
        ("people say it adds noise, that's false", "people*! say*! it*! adds*! noise*! that false"),
        ("when people say noise they mean sampling", "when people* say* noise* they* mean sampling"),
        ("one gate says what is kept", "one gate says what is kept"),
        ("the misconception is that it adds noise", "the misconception* is* that* it* adds* noise*"),
        ("it is a mistake to think it adds noise", "it is a mistake* to*! think*! it*! adds*! noise*!"),
        ("the mistake to avoid is noise", "the mistake to avoid is noise"),
        ("they say loss falls", "they say loss falls"),
    ],
)
def test_what_others_say_is_not_claimed_until_the_answer_speaks_for_itself(text: str, wanted: str) -> None:
    assert shown(text) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("It adds noise? No, it samples", "it* adds* noise* no it samples"),
        ("It adds noise. That is not true.", "it* adds* noise* that! is! not true!"),
        ("It adds noise. That's wrong.", "it* adds* noise* that wrong"),
        ("It adds noise. No labels are used.", "it adds noise no labels! are! used!"),
    ],
)
def test_a_sentence_can_take_back_the_one_before(text: str, wanted: str) -> None:
    assert shown(text) == wanted


def test_a_line_that_was_only_full_goes_on() -> None:
    wrapped = "It is not true that stacking linear layers makes\na net more expressive"
    assert shown(wrapped) == shown(wrapped.replace("\n", " "))
    assert shown("no labels\nit clusters") == "no labels! it clusters"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("unlike recall, precision falls", "unlike* recall* precision falls"),
        ("unlike recall it counts alarms", "unlike* recall* it counts alarms"),
        ("unlike in a net the tree splits", "unlike* in* a* net* the tree splits"),
        ("unlike nets which need a scale, trees do", "unlike* nets* which* need* a* scale* trees do"),
        ("unlike what many say the gradient climbs", "unlike* what* many say the gradient climbs"),
    ],
)
def test_a_contrast_ends_where_a_new_subject_begins(text: str, wanted: str) -> None:
    assert shown(text) == wanted
