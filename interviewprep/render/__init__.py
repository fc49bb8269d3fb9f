"""How card text becomes safe terminal text: cleaning, Markdown, formulas, charts, wording. No Textual here.

`markdown` and `inline` give Rich renderables, `plain` gives plain lines; import them from their modules,
so that a command which only prints a number of days does not load Rich.
"""
