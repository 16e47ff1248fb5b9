"""Cash drawers at the desk, and the close of the day and the month."""
