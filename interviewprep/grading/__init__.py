"""How well it was answered: from what was said to a suggested rating. Pure."""
