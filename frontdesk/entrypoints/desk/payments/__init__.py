"""The desk where money is taken: the payment sheet, receipts, cards."""
