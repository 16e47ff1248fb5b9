"""ui: how a button, a row, a badge and a dialog look and read aloud."""
