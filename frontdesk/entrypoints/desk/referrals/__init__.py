"""Screens about referrals and authorizations: on the record, before a booking, what payers want, what is to be seen to."""
