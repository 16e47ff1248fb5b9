"""Backups: the running database as one file that nobody can read or change unseen, and back again."""
