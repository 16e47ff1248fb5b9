"""mail: a message of the office as an e-mail with its calendar entry, and the mail server that takes it."""
