"""jobs: what must still be done, at least once: events on their way to reactions, and scheduled work."""
