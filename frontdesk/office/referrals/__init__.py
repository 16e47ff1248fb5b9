"""referrals: leave to be seen. What payers want before a visit, what was given for how many visits, and which visits use it."""
