"""downtime: the pack of a site as files that open with a passphrase alone, without server or network.

`html` and `pdf` set the office's `Pack`, `sealing` locks both, `writing` puts them down: whole or not at all.
"""
