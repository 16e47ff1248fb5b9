"""Numbers out of what a browser sends."""


def number(text: str | None) -> int | None:
    """Return a row id, a version or a count out of a form; None for anything else, numbers no row can have included."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
