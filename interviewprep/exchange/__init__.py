"""In and out: Anki packages, CSV, JSON, Markdown, another machine's progress."""
