"""Text that is read as it is written: signs that turn the direction of what follows show one name, or file, as another.

None is taken in by a form (`patients.fields.tidy`); what is in the database by another road is set straight where it
goes out: on pages, papers, in files and in messages. Letters of scripts that run from right to left need none of them.
"""

import re
from typing import Any

from markupsafe import Markup

# Embeddings, overrides and isolates (Unicode Standard Annex 9).
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def straight(value: Any) -> Any:
    """Return a text without them; everything else as it is. Markup stays markup."""
    if not isinstance(value, str) or value.isascii() or not _TURNS.search(value):
        return value
    bare = _TURNS.sub("", value)
    return Markup(bare) if isinstance(value, Markup) else bare  # noqa: S704 - it was markup before
