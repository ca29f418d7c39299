"""Where long work runs, in one process, several or a cluster, and the bar that shows how far it is."""
