"""The two calm themes: one accent colour each; whatever a colour says is also said in words or signs."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="dark",
    dark=True,
    primary="#86b6c9",
    secondary="#86b6c9",
    accent="#86b6c9",
    warning="#d8b26e",
    error="#e08a7d",
    success="#9fbf8f",
    foreground="#d7d9dc",
    background="#16181b",
    surface="#1b1e22",
    panel="#22262b",
    variables={"rule": "#3a4047", "quiet": "#8b929b"},
)
LIGHT = Theme(
    name="light",
    dark=False,
    primary="#1d6580",
    secondary="#1d6580",
    accent="#1d6580",
    warning="#8a5a00",
    error="#a8321f",
    success="#3d6b2c",
    foreground="#22262a",
    background="#fbfaf7",
    surface="#f4f2ed",
    panel="#eae7e0",
    variables={"rule": "#c9c5bb", "quiet": "#666c73"},
)
