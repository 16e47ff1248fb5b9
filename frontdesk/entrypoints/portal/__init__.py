"""portal: the pages patients open from a message, without signing in."""
