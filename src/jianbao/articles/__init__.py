"""The articles as Markdown files: the border between the reading and the site."""
