"""billing: what a visit costs and who owes it: fees and contracts, what to collect, estimates, charges."""
