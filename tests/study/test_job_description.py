"""Topics from a job description."""

from __future__ import annotations

from pathlib import Path

import pytest
from study.planned import make_plan, write_deck
from support import World

from interviewprep.errors import PlanError
from interviewprep.study.job_description import propose_topics, read_description, stem


def test_topics_are_found_by_title_tag_and_concept(world: World) -> None:
    write_deck(world.home / "shipped", "extra", 2, tag="feature-store")
    desk = world.desk()
    text = "You know OPTIMIZER internals (momentum!), feature stores, and learning in general."
    found = propose_topics(text, desk.library)
    assert [(topic.kind, topic.id) for topic in found] == [
        ("deck", "optimizers"),
        ("tag", "optimizer"),
        ("tag", "feature-store"),
        ("concept", "momentum"),
    ]
    plan = make_plan(desk, topics=tuple(topic.key for topic in found))
    names = {head.name for head in plan.heads(desk.library)}
    assert names == {
        *("optimizers#sgd", "optimizers#momentum", "optimizers#adam"),
        *("extra#extra-0", "extra#extra-1"),
    }
    desk.close()


def test_words_must_stand_together_and_whole(world: World) -> None:
    write_deck(world.home / "shipped", "extra", 1, tag="feature-store")
    desk = world.desk()
    assert propose_topics("a store with one feature; adamant losers", desk.library) == []
    desk.close()


@pytest.mark.parametrize(
    ("word", "found"),
    [
        *(("losses", "loss"), ("optimizers", "optimizer"), ("entropies", "entropy"), ("bias", "bia")),
        *(("convolutional", "convolution"), ("loss", "loss"), ("analysis", "analysis"), ("is", "is")),
    ],
)
def test_plurals_do_not_matter(word: str, found: str) -> None:
    assert stem(word) == found


@pytest.mark.parametrize(
    ("content", "said"), [(b"\xff\xfe\x00", "no text"), (b" \n", "no words"), (None, "cannot be")]
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "job.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PlanError, match=said):
        read_description(path)
