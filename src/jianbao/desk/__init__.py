"""What helps the people who correct: faults, the queue of doubts, new names for old."""
