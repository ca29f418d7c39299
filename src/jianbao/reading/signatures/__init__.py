"""Who signed: roles and names, on lines of their own and inside texts."""
