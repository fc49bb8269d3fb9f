"""Decks and progress to Anki and back: names and note types for both ways, one module for each step."""
