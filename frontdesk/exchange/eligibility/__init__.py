"""Asking payers whether somebody is covered, and reading what they answer."""
