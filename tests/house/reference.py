"""`make reference`: the pages of docs/reference, written from the code; a house test refuses a stale page."""

import inspect
import os
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import frontdesk.office

PAGES = Path(__file__).parents[2] / "docs" / "reference"
NOTE = "Written from the code by `make reference`; change the code, not this page.\n"


def pages():
    """Return the text of every page by its file name."""
    return {
        "verbs.md": verbs(),
        "permissions.md": permissions(),
        "commands.md": commands(),
        "reports.md": reports(),
    }


def verbs():
    """Return everything the office can be asked to do."""
    lines = [
        "# Verbs\n",
        NOTE,
        "Every change and every look at a record is one of these, whoever asks. Its permission has its own name where none is given.\n",
    ]
    for room, found in _verbs_by_room().items():
        lines += [f"\n## {room}\n", "| verb | permission | |", "|---|---|---|"]
        for action, verb in sorted(found.items()):
            says = (inspect.getdoc(verb) or "").split("\n")[0].replace("|", "\\|")
            lines.append(f"| `{action}` | {verb.permission if verb.permission != action else ''} | {says} |")
    return "\n".join(lines) + "\n"


def _verbs_by_room():
    rooms = {}
    for folder in sorted(Path(frontdesk.office.__path__[0]).iterdir()):
        name = f"frontdesk.office.{folder.name}.services"
        if not (folder / "__init__.py").exists() or find_spec(name) is None:
            continue
        found = {
            verb.action: verb
            for _, verb in inspect.getmembers(import_module(name), inspect.isfunction)
            if hasattr(verb, "action")
        }
        if found:
            rooms[folder.name] = found
    return rooms


def permissions():
    """Return who may do what in a new practice."""
    from frontdesk.kit.permissions import EVERYONE, ROLES, declared

    lines = [
        "# Permissions\n",
        NOTE,
        "Who holds them in a new practice.\n",
        "| permission | | held by |",
        "|---|---|---|",
    ]
    for name, permission in sorted(declared().items()):
        everyone = permission.roles == set(EVERYONE)
        held = (
            "everyone"
            if everyone
            else ", ".join(words for role, words in ROLES.items() if role in permission.roles)
        )
        lines.append(f"| `{name}` | {permission.words} | {held} |")
    return "\n".join(lines) + "\n"


def reports():
    """Return what each report says, counts and leaves out: the words its page shows."""
    from frontdesk.office.coverage.queries.responses import PAYERS
    from frontdesk.office.payments.queries import REPORTS as MONEY
    from frontdesk.office.scheduling.rules import SMALL
    from frontdesk.office.visits.queries.definitions import CUT_WORDS, REPORTS

    lines = [
        "# Reports\n",
        NOTE,
        f"A figure of fewer than {SMALL} visits is shown with how few they are. A period is compared with the one before it "
        "of the same length and on the same weekdays; a whole month with the month before.\n",
    ]
    for one in REPORTS.values():
        cuts = ", ".join(CUT_WORDS[cut].lower() for cut in one.cuts)
        lines += [
            f"\n## {one.title}\n",
            f"*{one.asks}*\n",
            f"{one.defined}\n",
            f"- Counted: {one.counted}",
            f"- Left out: {one.left_out}",
            f"- Cut by: {cuts}",
            f"- Better: {'less' if one.less_is_better else 'more'}",
        ]
    lines += [
        f"\n## {PAYERS.title}\n",
        f"*{PAYERS.asks}*\n",
        f"{PAYERS.defined}\n",
        f"- Counted: {PAYERS.counted}",
        f"- Left out: {PAYERS.left_out}",
        f"- Bear in mind: {PAYERS.mind}",
        "- Cut by: connection and month",
        "- Better: more",
    ]
    for one in MONEY.values():
        lines += [f"\n## {one.title}\n", f"*{one.asks}*\n", f"{one.defined}\n", f"- Counted: {one.counted}"]
        lines += [f"- Left out: {one.left_out}", f"- Bear in mind: {one.mind}"]
    return "\n".join(lines) + "\n"


def commands():
    """Return what `frontdesk --help` says of each command."""
    import typer
    from typer.main import get_command

    from frontdesk.entrypoints.commands import register

    app = typer.Typer(name="frontdesk")
    register.commands(app)
    lines = ["# Commands\n", NOTE]
    _tell(get_command(app), "frontdesk", lines)
    return "\n".join(lines) + "\n"


def _tell(command, name, lines):
    for word, inner in sorted(getattr(command, "commands", {}).items()):
        _tell(inner, f"{name} {word}", lines)
    if getattr(command, "commands", None):
        return
    lines += [f"\n## {name}\n", inspect.cleandoc(command.help or "") + "\n"]
    for parameter in command.params:
        says = getattr(parameter, "help", "") or ""
        if parameter.name != "help":
            lines.append(f"- `{parameter.opts[0]}` {says}")


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "frontdesk.site.settings")
    django.setup()
    PAGES.mkdir(exist_ok=True)
    for name, text in pages().items():
        (PAGES / name).write_text(text)
