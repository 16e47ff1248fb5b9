"""site: puts the pieces together and says what happens by itself."""
