"""eligibility: asks payers whether a patient is covered (X12 270), and reads what they answer (X12 271)."""
