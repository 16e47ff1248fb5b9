"""Asking payers for authorizations, and reading what they decide, at once or later in a file."""
