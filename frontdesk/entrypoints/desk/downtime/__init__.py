"""Downtime on screen: the packs that lie ready, and paper forms entered by their numbers when all is back."""
