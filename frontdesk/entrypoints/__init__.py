"""entrypoints: ways in. Each turns an outside question into one call of a verb and the answer into words."""
