"""Screens of money at the desk: the payment sheet, receipts, a patient's account, giving back, payment plans, cards."""
