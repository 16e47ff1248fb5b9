"""Receipts and plans on paper, in English and Spanish, from rows that are never changed."""
