"""Reading a page: text → labelled lines → articles. Knows only text, never files."""
