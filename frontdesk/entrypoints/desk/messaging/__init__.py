"""What was written to patients: the outbox, the words, and leave to write."""
