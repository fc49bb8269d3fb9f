"""A mock interview's scorecard and answers as one HTML page: no script, nothing from the network."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from interviewprep.render.clean import clean
from interviewprep.render.html import Formulas, to_html, to_inline_html
from interviewprep.render.scorecards import (
    NOTHING,
    SIGNS,
    WORDS,
    calibration_words,
    facts,
    kind_words,
    pace_words,
    points_words,
    score_words,
    verdict_words,
)
from interviewprep.render.words import clock, day_label, percent

if TYPE_CHECKING:
    from interviewprep.study.scorecard import Answered, Scorecard

_STYLE: Final = """
:root { color-scheme: light dark; --ink: #1d2329; --quiet: #5a6570; --paper: #fdfdfb; --rule: #d9dcd8;
  --track: #e6e8e4; --fill: #2f6f62; --bad: #a5352b; --mild: #8a6100; --tint: #f3f4f0; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e6e4; --quiet: #9aa5a2; --paper: #16191b;
  --rule: #343a3d; --track: #2a3033; --fill: #6fb8a6; --bad: #ef9186; --mild: #dcb65a; --tint: #1d2225; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.1rem 4rem; background: var(--paper);
  color: var(--ink); font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
  overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2.4rem 0 .7rem; }
h3 { font-size: 1.05rem; margin: 0 0 .3rem; } p { margin: .5rem 0; }
.quiet, .facts, .where { color: var(--quiet); } .where { font-size: .9rem; margin: 0 0 .8rem; }
header { border-bottom: 1px solid var(--rule); padding-bottom: .9rem; }
.total { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1rem; margin: 1.3rem 0 .4rem; }
.total b { font-size: 2.6rem; line-height: 1; }
.facts { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; padding: 0; margin: .8rem 0 0; list-style: none; }
.bar { height: .7rem; background: var(--track); border-radius: .35rem; overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--fill); }
.bar.wide { height: .9rem; }
table.bars { width: 100%; border-collapse: collapse; }
table.bars th { text-align: left; font-weight: 400; padding: .28rem 1rem .28rem 0; width: 34%; }
table.bars td { padding: .28rem 0; }
table.bars td.n { width: 7.5rem; padding-left: .9rem; white-space: nowrap; }
.two { display: grid; grid-template-columns: 1fr; gap: 0 2.5rem; }
ol.next { padding-left: 1.3rem; } ol.next li { margin: .45rem 0; }
article { border-top: 1px solid var(--rule); padding: 1.3rem 0 .9rem; }
article.follow { border-top-style: dashed; margin-left: 1rem; }
.own { background: var(--tint); border-left: 3px solid var(--rule); padding: .6rem .9rem;
  white-space: pre-wrap; margin: .2rem 0 .8rem; }
h4 { font-size: .85rem; color: var(--quiet); font-weight: 600; margin: .7rem 0 .2rem; }
ul.points { list-style: none; padding: 0; margin: .2rem 0; }
ul.points li { padding: .18rem 0 .18rem 1.6rem; position: relative; }
ul.points li > b:first-child { position: absolute; left: .1rem; }
.said-word { color: var(--fill); } .partly, .unsure { color: var(--mild); }
.missed, .contradicted { color: var(--bad); }
mark { background: none; color: inherit; text-decoration: underline 2px var(--fill);
  text-underline-offset: 3px; } mark.stated { text-decoration: underline wavy 1.5px var(--bad); }
ul.points small { color: var(--quiet); } .wrong { color: var(--bad); }
pre { overflow-x: auto; background: var(--tint); padding: .7rem; } .table { overflow-x: auto; }
.table td, .table th { border: 1px solid var(--rule); padding: .25rem .6rem; }
.table table { border-collapse: collapse; } code, .formula { font-family: ui-monospace, Menlo, monospace; }
.formula { white-space: pre-wrap; } footer { color: var(--quiet); margin-top: 2.5rem; font-size: .85rem; }
@media (min-width: 46rem) { .two { grid-template-columns: 1fr 1fr; } body { padding: 2.5rem 2rem 5rem; } }
@media print { :root { color-scheme: light; --ink: #000; --quiet: #444; --paper: #fff; --rule: #bbb;
  --track: #e4e4e4; --fill: #2f6f62; --bad: #8c2a21; --mild: #6d4d00; --tint: #f6f6f4; }
  body { max-width: none; padding: 0; font-size: 10.5pt; } h2, h3, h4 { break-after: avoid; }
  .own, ul.points li, tr { break-inside: avoid; } .bar, .bar i { print-color-adjust: exact;
  -webkit-print-color-adjust: exact; } .two { grid-template-columns: 1fr 1fr; } }
"""
_HEAD: Final = """<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
"""
_TAIL: Final = """<footer>Written by interviewprep. Points in the answers were marked {how}.</footer>
</body>
</html>
"""


def page(card: Scorecard, *, day: int) -> str:
    """The page without its first lines, which `report` writes."""
    title = _text(f"Mock interview, {card.options.role}")
    how = "by the learner" if card.options.spoken else "by comparing words; the learner may have changed them"
    parts = [_HEAD.format(title=title, style=_STYLE), *_body(card, day), _TAIL.format(how=how)]
    return "".join(parts)


def _body(card: Scorecard, day: int) -> Iterator[str]:
    when = day_label(day, today=0, weekday=True)
    what = _text(", ".join([when, *kind_words(card)]))
    yield f'<header><h1>Mock interview</h1><div class="quiet">{what}</div></header>\n<main>\n'
    if card.answers:
        yield from _score(card)
        yield from _answers(card)
    else:
        yield f"<p>{NOTHING}</p>\n"
    yield "</main>\n"


def _score(card: Scorecard) -> Iterator[str]:
    yield f'<div class="total"><b>{score_words(card)}</b><span>{points_words(card.points)}</span></div>\n'
    yield _bar(card.points.share, wide=True)
    yield '<ul class="facts">' + "".join(f"<li>{_text(fact)}</li>" for fact in facts(card)) + "</ul>\n"
    yield '<div class="two">\n<section><h2>By topic</h2>\n<table class="bars">\n'
    for topic in card.topics:
        figure = f"{topic.points.said} of {topic.points.of}"
        yield _row(topic.topic, topic.points.share, figure)
    yield "</table></section>\n"
    if card.calibration:
        yield '<section><h2>How sure, and how often right</h2>\n<table class="bars">\n'
        for found in card.calibration:
            yield _row(found.word, found.right / found.of if found.of else 0.0, calibration_words(found))
        yield "</table></section>\n"
    yield "</div>\n"
    if card.study_next:
        yield '<section><h2>Study next</h2>\n<ol class="next">\n'
        for thing in card.study_next:
            where = _text(f"{thing.topic}: {thing.why}")
            yield f'<li>{_inline(thing.question)}<br><span class="quiet">{where}</span></li>\n'
        yield "</ol></section>\n"


def _answers(card: Scorecard) -> Iterator[str]:
    yield "<section><h2>Question by question</h2>\n"
    if card.opening_text:
        spent = clock((card.opening_ms or 0) / 1000)
        yield f'<article><h3>{_text(card.opening)}</h3><p class="where">opening, not scored; {spent}</p>'
        yield f'<div class="own">{_text(card.opening_text)}</div></article>\n'
    for found in card.answers:
        yield from _answer(found, spoken=card.options.spoken)
    yield "</section>\n"


def _answer(found: Answered, *, spoken: bool) -> Iterator[str]:
    is_question = found.entry.is_question
    what = f"{found.number}. " if is_question else "Follow-up: "
    where = f"{found.item.topic}; {verdict_words(found)}; {pace_words(found)}"
    yield f'<article class="{"question" if is_question else "follow"}">'
    yield f'<h3>{what}{_inline(found.card.question)}</h3><p class="where">{_text(where)}</p>\n'
    yield '<div class="two"><div>'
    if not spoken:
        text = _own_words(found) or '<span class="quiet">no answer</span>'
        yield f'<h4>Your answer</h4><div class="own">{text}</div>'
    elif is_question:
        yield "<h4>What you said, as you marked it</h4>"
    if is_question or spoken:
        yield _points(found)
    for wrong in found.stated:
        yield f'<p class="wrong">You stated: “{_inline(wrong.wrong)}”</p><p>{_inline(wrong.why)}</p>'
    yield "</div><div>"
    if is_question:
        yield f"<h4>A good answer</h4>{_block(found.card.short)}"
    else:
        word = found.marks.points[found.card.key_points[0].id]
        yield f"<h4>A good answer ({WORDS[word]})</h4>{_block(found.card.short)}"
    yield "</div></div></article>\n"


def _own_words(found: Answered) -> str:
    """What was typed; of an answer to a question the words that decided its marks stand out."""
    if not found.entry.is_question or not found.entry.text:
        return _text(found.entry.text)
    from interviewprep.study.mock_grading import stretches

    return "".join(
        f'<mark class="{piece.why}">{_text(piece.text)}</mark>' if piece.why else _text(piece.text)
        for piece in stretches(found.card, found.entry.text, found.marks)
    )


def _points(found: Answered) -> str:
    lines = []
    for point in found.card.key_points:
        word = found.marks.points[point.id]
        css = "said-word" if word == "said" else word
        note = f"{point.weight}, {WORDS[word]}"
        lines.append(
            f'<li><b class="{css}">{SIGNS[word]}</b>{_inline(point.text)} <small>{note}</small></li>'
        )
    return f'<ul class="points">{"".join(lines)}</ul>'


def _row(name: str, share: float, figure: str) -> str:
    cells = f'<td>{_bar(share)}</td><td class="n">{_text(figure)}</td>'
    return f'<tr><th scope="row">{_text(name)}</th>{cells}</tr>\n'


def _bar(share: float, *, wide: bool = False) -> str:
    css = "bar wide" if wide else "bar"
    label = percent(share)
    return (
        f'<div class="{css}" role="img" aria-label="{label}"><i style="width:{100 * share:.1f}%"></i></div>'
    )


def _text(text: str) -> str:
    """What is no card's text, shown as it is."""
    return html.escape(clean(text))


def _inline(text: str) -> str:
    return to_inline_html(text, formulas=Formulas.TEXT)


def _block(text: str) -> str:
    return f"<div>{to_html(text, formulas=Formulas.TEXT)}</div>"
