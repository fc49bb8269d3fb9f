"""All families, by topic; importing a topic's module is what makes its families known."""
