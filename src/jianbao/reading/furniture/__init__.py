"""What belongs to the page and to no article: masthead, folio, index, imprint."""
