"""A patient's whole record as one ZIP: a PDF to read, JSON to take elsewhere, a CSV file for each table."""
