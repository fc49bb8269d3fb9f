"""Worked numeric checks: parameters to prompt, working, answer, named mistakes. Standard library only."""
