"""Labelled lines → articles: where one ends and the next begins, and what each consists of."""
