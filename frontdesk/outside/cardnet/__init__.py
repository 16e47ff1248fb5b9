"""cardnet: the practice card network, a stand-in card processor. It speaks as much of Stripe's HTTP API as a front desk
needs, keeps every charge in a file, and behaves badly where an amount or a card says so.

No card in it is real, and no money moves.
"""
