"""audit: who did or looked at what, when and why; and the one way to write, `@service`."""
