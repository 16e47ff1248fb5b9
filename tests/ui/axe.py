"""Ask axe whether a page as it stands breaks WCAG 2.2 A or AA. Any browser test may ask."""

from pathlib import Path

SOURCE = (Path(__file__).parent / "vendor/axe/axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What passes is neither described nor sent over: four times as fast.
RUN = "rules => axe.run({runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"


def violations(page, rules=RULES):
    """What axe holds against the page: one line for each rule and place; an empty list when nothing.

    `rules` are tags, whose rules are all asked, or the names of single rules.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(SOURCE)
    found = page.evaluate(RUN, rules)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]
