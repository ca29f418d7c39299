"""Tables that the reading needs; each file says at its head where it comes from."""
