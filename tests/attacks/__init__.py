"""Attacks, each under the number it has in the list of probes: what is tried, and that it is refused."""
