"""ledger: money facts. Balanced entries in integer cents that are never changed; what is owed, paid, applied and taken back."""
