"""processor: where the card processor tells what happened; nobody signs in, every call is signed, and nothing it says is believed."""
