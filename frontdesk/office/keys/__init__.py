"""keys: the keys that fields are sealed under: which values use which, sealing them all with a new one, and the proof."""
