"""texting: one way to hand a text to whoever carries it; where nobody is set up, it stays in the outbox here."""
