"""Screens about what visits cost: estimates that are due, Medicare notices, and what a visit shows of them."""
