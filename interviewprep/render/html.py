"""Card text as HTML for Anki and for reports. Everything in it is text: HTML is shown as it is written."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from enum import Enum
from typing import Final

from interviewprep.render import blocks
from interviewprep.render.blocks import Block, Mark, Span, Spans
from interviewprep.render.formulas import display_formula, formula
from interviewprep.render.markdown_reader import read_blocks, read_spans


class Formulas(Enum):
    """What becomes of formulas."""

    MATHJAX = "mathjax"
    r"""LaTeX between `\( \)` and `\[ \]`, for a page that loads MathJax, as Anki does."""
    TEXT = "text"
    """Unicode text, for a page that stands alone."""


LITERAL_CLASS: Final = "tex2jax_ignore"
"""MathJax leaves elements of this class alone."""
_ROW_WIDTH: Final = 76
_NO_MATH: Final = re.compile(r"\\(?=[(\[])")
_CLOSES_MATH: Final = re.compile(r"\\[)\]]")
_WEB: Final = re.compile(r"https?://[^\s<>\"']+")
_MARKS: Final = ((Mark.STRONG, "b"), (Mark.EMPHASIS, "i"), (Mark.STRIKE, "s"), (Mark.CODE, "code"))
_CODE_CLASSES: Final = {
    "dim italic": "cm",
    "bold": "kw",
    "green": "st",
    "cyan": "nu",
    "red": "rm",
    "dim": "cm",
}
"""Class by the style that `highlight` gives."""


def to_html(text: str, *, formulas: Formulas = Formulas.MATHJAX) -> str:
    """Markdown with formulas as HTML blocks; a single paragraph comes without `<p>`. Never raises."""
    found = read_blocks(text)
    if len(found) == 1 and isinstance(found[0], blocks.Paragraph):
        return _spans(found[0].spans, formulas)
    return "".join(_block(block, formulas) for block in found)


def to_inline_html(text: str, *, formulas: Formulas = Formulas.MATHJAX) -> str:
    """A one-line text (a question, a key point) as HTML: bold, code, links and formulas, no blocks."""
    return _spans(read_spans(text), formulas)


def escaped(text: str) -> str:
    r"""Text that a browser shows as it is, and in which MathJax sees no formula, whatever `\(` it holds."""
    found = html.escape(text, quote=False)
    if "\\" in found:
        # In an element of its own, the backslash is no longer next to the bracket for MathJax.
        found = _NO_MATH.sub(f'<span class="{LITERAL_CLASS}">\\\\</span>', found)
    return found


def link(address: str, text: str) -> str:
    """A link, if the address is one of the web; else the text alone. `text` is HTML."""
    if not _WEB.fullmatch(address):
        return text
    return f'<a href="{html.escape(address)}">{text}</a>'


def code_html(code: str, language: str) -> str:
    """Program text in `<pre><code>`, its parts with the classes `kw st nu cm rm`."""
    from interviewprep.render.highlight import highlighted

    found = []
    at = 0
    for span in sorted(highlighted(code, language).spans):
        css = _CODE_CLASSES.get(str(span.style), "")
        if not css or span.end <= span.start or span.start < at:
            continue
        found.append(html.escape(code[at : span.start], quote=False))
        found.append(f'<span class="{css}">{html.escape(code[span.start : span.end], quote=False)}</span>')
        at = span.end
    found.append(html.escape(code[at:], quote=False))
    return f"<pre><code>{''.join(found)}</code></pre>"


def _block(block: Block, formulas: Formulas) -> str:
    match block:
        case blocks.Paragraph(spans=spans):
            return f"<p>{_spans(spans, formulas)}</p>"
        case blocks.Heading(level=level, spans=spans):
            tag = f"h{min(level + 2, 6)}"
            return f"<{tag}>{_spans(spans, formulas)}</{tag}>"
        case blocks.Listing(items=items):
            return _listing(items, formulas)
        case blocks.Quote(blocks=inner):
            return f"<blockquote>{_inside(inner, formulas)}</blockquote>"
        case blocks.Code(text=text, language=language):
            return code_html(text, language)
        case blocks.Table():
            return _table(block, formulas)
        case blocks.Formula(source=source):
            return _display(source, formulas)
        case blocks.Rule():
            return "<hr>"
        case blocks.Literal(text=text):
            return f'<div class="literal {LITERAL_CLASS}">{html.escape(text, quote=False)}</div>'


def _inside(found: Iterable[Block], formulas: Formulas) -> str:
    return "".join(_block(block, formulas) for block in found)


def _listing(items: tuple[blocks.Item, ...], formulas: Formulas) -> str:
    is_loose = any(item.gap for item in items[1:])
    rows = []
    for item in items:
        first = item.blocks[0] if item.blocks else None
        if isinstance(first, blocks.Paragraph) and not is_loose:
            body = _spans(first.spans, formulas) + _inside(item.blocks[1:], formulas)
        else:
            body = _inside(item.blocks, formulas)
        rows.append(f"<li>{body}</li>")
    number = items[0].number.rstrip(".)") if items else ""
    tag = "ol" if number else "ul"
    start = f' start="{number}"' if number.isascii() and number.isdigit() and number != "1" else ""
    return f"<{tag}{start}>{''.join(rows)}</{tag}>"


def _table(table: blocks.Table, formulas: Formulas) -> str:
    aligns = [a if a in ("center", "right") else "" for a in table.aligns]

    def row(cells: tuple[Spans, ...], tag: str) -> str:
        made = []
        for place, cell in enumerate(cells):
            align = aligns[place] if place < len(aligns) else ""
            css = f' style="text-align:{align}"' if align else ""
            made.append(f"<{tag}{css}>{_spans(cell, formulas)}</{tag}>")
        return f"<tr>{''.join(made)}</tr>"

    body = "".join(row(cells, "td") for cells in table.rows)
    head = row(table.head, "th")
    return f'<div class="table"><table><thead>{head}</thead><tbody>{body}</tbody></table></div>'


def _spans(spans: Spans, formulas: Formulas) -> str:
    return "".join(_span(span, formulas) for span in spans)


def _span(span: Span, formulas: Formulas) -> str:
    if span.mark & Mark.FORMULA:
        found = _inline_formula(span.text, formulas)
    elif span.mark & Mark.ADDRESS:
        found = _address(span.text)
    elif span.mark & Mark.CODE:
        found = html.escape(span.text, quote=False)  # MathJax does not look into code
    else:
        found = escaped(span.text).replace("\n", "<br>")
    for mark, tag in _MARKS:
        if span.mark & mark:
            found = f"<{tag}>{found}</{tag}>"
    return found


def _inline_formula(source: str, formulas: Formulas) -> str:
    if formulas is Formulas.TEXT:
        return f'<span class="formula">{html.escape(formula(source), quote=False)}</span>'
    if _CLOSES_MATH.search(source):
        return escaped(f"${source}$")
    return rf"\({_tex(source)}\)"


def _display(source: str, formulas: Formulas) -> str:
    if formulas is Formulas.TEXT:
        rows = html.escape("\n".join(display_formula(source, width=_ROW_WIDTH)), quote=False)
        return f'<pre class="formula">{rows}</pre>'
    if _CLOSES_MATH.search(source):
        return f"<p>{escaped(f'$${source}$$')}</p>"
    return rf'<div class="formula">\[{_tex(source)}\]</div>'


def _tex(source: str) -> str:
    """LaTeX for MathJax; blanks keep a trailing backslash away from the closing bracket."""
    found = html.escape(source, quote=False)
    return f"{found} " if found.endswith("\\") else found


def _address(text: str) -> str:
    """` (https://…)`, as the reader puts it after a link's text, with the address as link."""
    address = text.strip().removeprefix("(").removesuffix(")")
    found = escaped(text)
    return found.replace(escaped(address), link(address, escaped(address)), 1) if address else found
