"""messaging: words to patients, leave to send them, and what became of each.

A message is written by a verb, in the transaction of what it tells of; `exchange.mail` and `exchange.texting` send it
later, once. `rules.may_send` is the one place that says whether, when and where to.
"""
