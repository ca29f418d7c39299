"""`jianbao serve`: the archive on this machine, rebuilt and reloaded at every save, with a review page and a form."""
