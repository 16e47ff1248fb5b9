"""payments: money that is taken and given back: tenders, receipts, cards, drawers and the close of the day."""
