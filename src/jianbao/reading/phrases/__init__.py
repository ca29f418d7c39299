"""What newspapers always say the same way: headings of boxes, dates, letters, where a text goes on."""
