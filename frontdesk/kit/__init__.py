"""kit: the few words every room shares: who acts, what time it is, how a refusal is said."""
