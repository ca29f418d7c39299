"""The steps of a build, and what each remembers so as not to be done again."""
