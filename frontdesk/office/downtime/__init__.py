"""When the computers are away: forms on paper with numbers issued beforehand, the pack they come in, and their entry."""
