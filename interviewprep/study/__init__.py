"""The use cases: a drill, undo, marks, what is due, how a card stands. Knows no screen."""
