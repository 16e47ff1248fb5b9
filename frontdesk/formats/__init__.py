"""formats: the published standards, as typed Python without Django; standards are data."""
