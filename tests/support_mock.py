"""Three small decks for mock interviews, and a learner who answers them."""

from __future__ import annotations

from support import World

from interviewprep.study.desk import Desk
from interviewprep.study.mock import Mock
from interviewprep.study.mock_course import Stage
from interviewprep.study.mock_options import MockOptions

TOPICS = ("alpha", "beta", "gamma")
LEVELS = ("easy", "medium", "hard")

_CARD = """\
  - id: {topic}-{level}
    level: {level}
    priority: must
    tags: [{topic}-tag]
    question: What is the {level} thing about {topic}?
    short: SECRET answer of {topic} {level}.
    key_points:
      - {{id: one, weight: must, text: SECRET the first point of {topic} {level}, accept: [apples fall]}}
      - {{id: two, weight: must, text: SECRET the second point of {topic} {level}, accept: [bridges bend]}}
      - {{id: three, weight: nice, text: SECRET the third point of {topic} {level}, accept: [candles burn]}}
    misconceptions:
      - {{id: wrong, wrong: SECRET the wrong words of {topic} {level}, why: No., accept: [dragons sleep]}}
    follow_ups:
      - {{id: ask-one, ask: And the first part?, answer: SECRET first reply. More., when_missed: [one]}}
      - {{id: ask-rest, ask: And the rest of {topic}?, answer: SECRET rest reply., when_missed: [two, three]}}
      - {{id: deep, ask: And deep down in {topic}?, answer: SECRET deep reply.}}
"""

ALL = "apples fall, bridges bend, candles burn"


def mock_decks(world: World) -> None:
    """Put the three decks beside the world's own, which go away."""
    shipped = world.home / "shipped"
    for path in shipped.glob("*.yaml"):
        path.unlink()
    for topic in TOPICS:
        cards = "".join(_CARD.format(topic=topic, level=level) for level in LEVELS)
        text = f"format: 1\ntitle: Topic {topic}\ncards:\n{cards}"
        (shipped / f"{topic}.yaml").write_text(text, encoding="utf-8")


def begun(desk: Desk, *, seed: int = 1, opened: bool = True, **options: object) -> Mock:
    """An interview, past its opening."""
    mock = Mock.begin(desk, MockOptions(**options), seed=seed)  # type: ignore[arg-type]
    if opened:
        mock.hand_in("I build things.", duration_ms=30_000)
    return mock


def answer(mock: Mock, text: str, *, seconds: float = 20, confidence: int | None = 2) -> None:
    """Answer what is asked."""
    mock.hand_in(text, duration_ms=round(1000 * seconds), confidence=confidence)


def answer_all(mock: Mock, text: str = ALL, *, follow_up: str = "", **how: float) -> None:
    """Answer all that is left alike."""
    while (asked := mock.asked()) is not None:
        answer(mock, follow_up if asked.stage is Stage.FOLLOW_UP else text, **how)  # type: ignore[arg-type]
