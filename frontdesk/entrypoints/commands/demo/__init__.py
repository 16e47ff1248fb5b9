"""demo: a synthetic practice, made from a seed: believable people, a full appointment book, and sign-ins to try it."""
