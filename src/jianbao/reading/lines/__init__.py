"""Each line of a page with what it looks like, and what it is: title, text, signature, caption, furniture."""
