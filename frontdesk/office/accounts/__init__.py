"""accounts: who can sign in, and what their role lets them do."""
