"""How notes look in Anki: front, back and styles, for desktop and phone, day and night. No scripts."""

from __future__ import annotations

from typing import Final

from interviewprep.exchange.anki.notetypes import VARIANTS

CHANGED: Final = 1_795_392_000
"""Epoch seconds of the last change to anything below; a later one makes Anki take over the new looks."""


def front(kind: str) -> str:
    """The template of the question side."""
    return {"qa": _QA_FRONT, "choice": _CHOICE_FRONT, "numeric": _NUMERIC_FRONT}[kind]


def back(kind: str) -> str:
    """The template of the answer side."""
    return {"qa": _QA_BACK, "choice": _CHOICE_BACK, "numeric": _NUMERIC_BACK}[kind]


def _folded(field: str, title: str = "", *, is_open: bool = False, css: str = "") -> str:
    """A section that folds, and is left out where its field is empty."""
    attributes = (f' class="{css}"' if css else "") + (" open" if is_open else "")
    return (
        f"{{{{#{field}}}}}<details{attributes}><summary>{title or field}</summary>"
        f'<div class="body">{{{{{field}}}}}</div></details>{{{{/{field}}}}}\n'
    )


_ASKED: Final = '<div class="deck">{{Subdeck}}</div>\n<div class="question">{{Question}}</div>\n' + _folded(
    "Variants", "Asked differently", css="quiet"
)
_SHORT: Final = '{{#Short answer}}<div class="short">{{Short answer}}</div>{{/Short answer}}\n'
_SECTIONS: Final = "".join(
    (
        _folded("Key points", is_open=True, css="points"),
        _folded("In one line"),
        _folded("In detail"),
        _folded("Analogy"),
        _folded("Example"),
        _folded("Misconceptions", "Often said, and wrong"),
        _folded("Follow-ups", "What comes next"),
        _folded("References"),
    )
)
_END: Final = '<div class="about">{{About}}<br>{{Card name}}</div>\n'


def _page(inner: str) -> str:
    return f'<div class="page">\n{inner}</div>\n'


_LINE: Final = '<hr id="answer">\n'
_QA_FRONT: Final = _page(_ASKED)
_QA_BACK: Final = _page(_ASKED + _LINE + _SHORT + _SECTIONS + _END)

_CHOICE_ASKED: Final = _ASKED + '<div class="how">{{How to answer}}</div>\n'
_CHOICE_FRONT: Final = _page(_CHOICE_ASKED + "{{Options}}\n")
_CHOICE_BACK: Final = _page(_CHOICE_ASKED + _LINE + "{{Right options}}\n" + _SHORT + _SECTIONS + _END)

_FURTHER: Final = range(2, VARIANTS + 1)
# The title often names the method, which the learner has to choose: it waits for the answer side.
_NUMERIC_FRONT: Final = _page(
    '<div class="deck">Calculation</div>\n<div class="numbers">{{Numbers 1}}</div>\n'
    + "".join(_folded(f"Numbers {n}", f"Other numbers, {n - 1}", css="quiet") for n in _FURTHER)
)
_NUMERIC_BACK: Final = _page(
    '<div class="deck">{{Subdeck}}</div>\n<div class="question">{{Question}}</div>\n'
    + '<div class="numbers">{{Numbers 1}}</div>\n'
    + _LINE
    + "{{Working 1}}\n"
    + "".join(
        f"{{{{#Numbers {n}}}}}<details><summary>Other numbers, {n - 1}</summary>"
        f'<div class="body"><div class="numbers">{{{{Numbers {n}}}}}</div>{{{{Working {n}}}}}</div></details>'
        f"{{{{/Numbers {n}}}}}\n"
        for n in _FURTHER
    )
    + _folded("Formula")
    + _folded("Common slips")
    + _SHORT
    + _folded("Variants", "Asked differently")
    + _SECTIONS
    + _END
)

CSS: Final = """\
.card {
  --ink: #1f2430; --dim: #667085; --line: #d9dee7; --paper: #ffffff; --raised: #f4f6fa;
  --accent: #2f5fd0; --good: #1a7f4b; --bad: #b42318;
  margin: 0; padding: 0; background: var(--paper); color: var(--ink);
  font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  font-size: 18px; line-height: 1.5; text-align: left; overflow-wrap: break-word;
}
.card.nightMode, .card.night_mode {
  --ink: #e4e8f0; --dim: #98a2b3; --line: #3a4150; --paper: #1b1e26; --raised: #252a35;
  --accent: #8fb1ff; --good: #66d19e; --bad: #ff9c8f;
  background: var(--paper); color: var(--ink);
}
.page { max-width: 42em; margin: 0 auto; padding: 1em 1.1em 2em; }
.deck { color: var(--dim); font-size: .78em; letter-spacing: .02em; }
.question { font-size: 1.3em; font-weight: 600; line-height: 1.35; margin: .25em 0 .5em; }
hr, hr#answer { border: 0; border-top: 1px solid var(--line); margin: 1.1em 0; }
.short { font-size: 1.06em; margin: 0 0 1.1em; }
.short > p:first-child, .body > p:first-child { margin-top: 0; }
p { margin: .6em 0; }
details { border-top: 1px solid var(--line); }
details > summary {
  cursor: pointer; padding: .6em 0; font-weight: 600; color: var(--accent); list-style: none;
  -webkit-tap-highlight-color: transparent;
}
details > summary::-webkit-details-marker { display: none; }
details > summary::before {
  content: ""; display: inline-block; width: .4em; height: .4em; margin: 0 .7em .12em .15em;
  border: solid currentColor; border-width: 0 .13em .13em 0; transform: rotate(-45deg);
}
details[open] > summary::before { transform: rotate(45deg); margin-bottom: .22em; }
.body { padding: 0 0 .8em 1.25em; }
details.quiet { border-top: 0; }
details.quiet > summary { font-weight: 400; font-size: .85em; color: var(--dim); padding: .2em 0; }
details.quiet > .body { font-size: .95em; padding-bottom: .3em; }
.body details { border-top: 0; }
.body details > summary { color: var(--ink); font-weight: 500; padding: .35em 0; }
.body details > p { margin: 0 0 .6em 1.25em; color: var(--ink); }
ul, ol { margin: .3em 0; padding-left: 1.2em; }
li { margin: .3em 0; }
.points ul, ul.options { list-style: none; padding-left: 0; }
.points li { position: relative; padding-left: 3.3em; }
.must, .nice {
  position: absolute; left: 0; top: .28em; width: 3.4em; border-radius: .3em; box-sizing: border-box;
  font-size: .72em; line-height: 1.6; text-align: center; border: 1px solid var(--line); color: var(--dim);
}
.must { border-color: var(--accent); background: var(--accent); color: var(--paper); font-weight: 600; }
.breaks b { color: var(--bad); }
.wrong { margin: 0 0 .9em; }
.wrong .said { font-style: italic; color: var(--bad); margin-bottom: .1em; }
.wrong .said::before { content: "“"; }
.wrong .said::after { content: "”"; }
.wrong p { margin-top: 0; }
.how { color: var(--dim); font-size: .85em; margin-bottom: .5em; }
ul.options > li {
  border: 1px solid var(--line); border-radius: .5em; padding: .5em .8em; margin: .5em 0;
}
ul.options > li > b:first-child { color: var(--dim); margin-right: .4em; }
ul.options > li.right { border-color: var(--good); border-left-width: .35em; }
ul.options > li.right > b:first-child::after { content: " ✓"; color: var(--good); }
ul.options > li.not > b:first-child::after { content: " ✗"; color: var(--bad); }
.why { color: var(--dim); font-size: .92em; margin-top: .2em; }
.numbers {
  font-size: 1.08em; background: var(--raised); border-radius: .5em; padding: .7em .9em; margin: .5em 0;
}
.result { font-weight: 600; color: var(--good); }
.sense { color: var(--dim); font-size: .92em; }
pre, code { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, "Noto Sans Mono", monospace; }
code { font-size: .88em; background: var(--raised); border-radius: .3em; padding: .1em .3em; }
pre {
  font-size: .86em; line-height: 1.45; background: var(--raised); border-radius: .5em;
  padding: .7em .9em; margin: .6em 0; overflow-x: auto; text-align: left;
}
pre code { font-size: inherit; background: none; padding: 0; }
pre.steps { white-space: pre-wrap; }
.kw { font-weight: 600; color: var(--accent); }
.st { color: var(--good); }
.nu { color: #a15c07; }
.nightMode .nu, .night_mode .nu { color: #f5c06b; }
.cm { color: var(--dim); font-style: italic; }
.rm { color: var(--bad); }
.table { overflow-x: auto; margin: .6em 0; }
table { border-collapse: collapse; font-size: .95em; }
th, td { border-bottom: 1px solid var(--line); padding: .3em .9em .3em 0; vertical-align: top; }
th { text-align: left; color: var(--dim); font-weight: 600; }
.formula { overflow-x: auto; overflow-y: hidden; }
.formula mjx-container { margin: .45em 0 !important; }
.literal { white-space: pre-wrap; }
blockquote { margin: .6em 0; padding-left: .9em; border-left: 3px solid var(--line); color: var(--dim); }
a { color: var(--accent); }
.about { color: var(--dim); font-size: .72em; margin-top: 1.2em; padding-top: .7em; }
.page > details:last-of-type:not(.quiet) { border-bottom: 1px solid var(--line); }
.mobile .card, .mobile.card { font-size: 17px; }
@media (max-width: 480px) {
  .card { font-size: 17px; }
  .page { padding: .8em .9em 1.5em; }
  .question { font-size: 1.2em; }
  .body { padding-left: .2em; }
}
"""
