"""bench: what the program does in numbers, each beside its floor measured in the same run."""
