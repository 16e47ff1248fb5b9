"""carrier: where the carrier of texts tells what patients answer; nobody signs in, every call is signed."""
