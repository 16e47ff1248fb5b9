"""Money at the desk: the payment sheet, receipts, cards."""
