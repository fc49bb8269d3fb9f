"""Tables: as wide as they need to be, never wider than the screen."""

from __future__ import annotations

from rich.cells import cell_len

from interviewprep.render.markdown import markdown

from .conftest import Printer

OPTIMIZERS = """\
| Optimizer | Update             | Stored per weight  |
|-----------|:------------------:|-------------------:|
| SGD       | $-\\eta g$         | 0                  |
| Adam      | mean / root of s   | 2: mean, average s |
"""


def test_a_table_that_fits_keeps_its_columns_and_alignment(printed: Printer) -> None:
    assert printed(markdown(OPTIMIZERS)) == (
        "Optimizer       Update        Stored per weight\n"
        "─────────  ────────────────  ──────────────────\n"
        "SGD              −η g                         0\n"
        "Adam       mean / root of s  2: mean, average s"
    )


def test_a_wide_table_wraps_its_widest_cells(printed: Printer) -> None:
    assert printed(markdown(OPTIMIZERS), width=36) == (
        "Optimizer     Update      Stored per\n"
        "                              weight\n"
        "─────────  ────────────  ───────────\n"
        "SGD            −η g                0\n"
        "\n"
        "Adam       mean / root      2: mean,\n"
        "               of s        average s"
    )


def test_a_table_without_room_becomes_rows_of_column_and_value(printed: Printer) -> None:
    assert printed(markdown(OPTIMIZERS), width=20) == (
        "Optimizer: SGD\n"
        "  Update: −η g\n"
        "  Stored per weight:\n"
        "  0\n"
        "\n"
        "Optimizer: Adam\n"
        "  Update: mean /\n"
        "  root of s\n"
        "  Stored per weight:\n"
        "  2: mean, average s"
    )


def test_a_bar_inside_a_formula_does_not_split_the_cell(printed: Printer) -> None:
    table = "| a | b |\n|---|---|\n| $P(y|x)$ | $|x|$ |\n| `c` | $5 |"
    assert printed(markdown(table)) == "a       b\n──────  ───\nP(y|x)  |x|\nc       $5"


def test_missing_cells_and_an_empty_head_are_fine(printed: Printer) -> None:
    assert printed(markdown("|   | x |\n|---|---|\n| a |")) == "   x\n─  ─\na"
    assert printed(markdown("|   | x |\n|---|---|\n| a | b |"), width=4) == "   x\n─  ─\na  b"


def test_eighty_columns_hold_six_columns_of_words() -> None:
    row = "| " + " | ".join(["several words in a cell"] * 6) + " |"
    lines = markdown(f"{row}\n{'|-' * 6}|\n{row}\n{row}").lines(76)
    assert max(cell_len(line.plain) for line in lines) <= 76
    assert lines[0].plain.startswith("several")


def test_wide_characters_count_twice(printed: Printer) -> None:
    assert printed(markdown("| a | b |\n|-|-|\n| 漢字 | x |\n| c | y |")) == (
        "a     b\n────  ─\n漢字  x\nc     y"
    )
