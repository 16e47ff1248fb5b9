"""outside: stand-ins for the other end of the wire, faults included; separate processes that know nothing of the office."""
