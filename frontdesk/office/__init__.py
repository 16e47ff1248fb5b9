"""office: what a practice knows, may do, and did. One folder a room; each room imports only rooms below it."""
