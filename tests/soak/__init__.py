"""The long proofs: `make soak`, or one of them with `python -m tests.soak race --clients 64 --each 1000`."""
