"""Before anything is told: who is speaking, what they may hear, what was disclosed, and what patients asked of us."""
