"""coverage: who pays. Payers and how they are reached, and which policies cover a patient, in which order."""
