"""Screens of what care costs: fees, agreed rates, the sliding scale; a visit's charges, and what was not collected of it."""
