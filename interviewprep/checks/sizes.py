"""Sizes of language models."""

from __future__ import annotations

BILLION = 10**9
SIZES = (1, 1.5, 2.7, 3, 6, 7, 8, 9, 12, 13, 14, 20, 27, 30, 32, 34, 65, 70, 72, 90, 110, 123, 175, 235, 405)
"""Parameters of models people know, in billions."""
