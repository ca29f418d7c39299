"""A headline with its decks: which lines are what."""
