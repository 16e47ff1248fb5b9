"""commands: the command line, `frontdesk`."""
