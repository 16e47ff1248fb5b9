"""The visit day's screens: the desk, the card of a visit, the board, tomorrow, visitors and papers."""
