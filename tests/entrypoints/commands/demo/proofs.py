"""What `frontdesk check` asks of a practice."""

from frontdesk.entrypoints.commands import checking


def breaches():
    """Return what does not hold, by its name; nothing of a sound practice."""
    return {name: found for name, proof in checking.invariants().items() if (found := proof())}
