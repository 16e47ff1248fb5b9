"""desk: the pages staff work on."""
