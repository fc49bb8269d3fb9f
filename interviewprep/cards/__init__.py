"""What is asked: deck files, their models, rules and problems.

This file stays empty so that importing `cards.heads`, `cards.files` or `cards.library` stays light; only
`cards.model`, `cards.source` and what builds on them load pydantic and PyYAML.
"""
