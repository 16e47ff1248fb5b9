"""Panels: what a view answers for the side of the page, and as a page of its own where no panel was asked for."""

import json
from typing import Any

from django.http import HttpResponse
from markupsafe import Markup

from frontdesk.entrypoints.desk.http import DeskRequest, page


def panel(
    request: DeskRequest,
    template: str,
    context: dict[str, Any],
    *,
    title: str = "Schedule",
    status: int = 200,
) -> HttpResponse:
    """Draw a panel; asked for as a page, it stands alone on one."""
    answer = page(request, template, context, status=status)
    if request.is_fragment:
        return answer
    content = Markup(answer.content.decode())  # noqa: S704 - drawn by our own templates, escaped there
    return page(
        request, "desk/scheduling/panel_page.html", {"title": title, "content": content}, status=status
    )


def tell(
    answer: HttpResponse, words: str = "", *, changed: bool = True, close: bool = False, tone: str = "good"
) -> HttpResponse:
    """Let the page behind know: what to say, that the book changed, that the panel's work is done."""
    news: dict[str, Any] = {}
    if words:
        news["said"] = {"words": words, "tone": tone}
    if changed:
        news["book-changed"] = True
    if close:
        news["sheet-close"] = True
    answer["HX-Trigger"] = json.dumps(news)
    return answer
