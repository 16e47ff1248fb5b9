"""A request from a patient's telephone: nobody is signed in, nothing is kept in the browser, nothing is told twice."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template import engines
from django.views.decorators.csrf import csrf_exempt

from frontdesk.entrypoints.portal.words import WORDS
from frontdesk.kit import card_numbers
from frontdesk.kit.actor import Actor
from frontdesk.kit.errors import Refusal
from frontdesk.office.messaging import bounds
from frontdesk.office.messaging.errors import LinkOver, LinkUsed, NoSuchLink
from frontdesk.office.messaging.queries import sender_for
from frontdesk.office.messaging.rules import Facts, Sender, spoken_phone

STATUS = {"refused": 422, "invalid": 422, "conflict": 409, "not_permitted": 403, "not_found": 404}
View = Callable[..., HttpResponse]

# What a link may bring about, and no more; whose it is, is known once the link was read.
PATIENT = Actor(
    "patient",
    None,
    "the patient, by link",
    frozenset(
        {
            "messaging.use_link",
            "scheduling.view",
            "scheduling.confirm",
            "scheduling.cancel",
            "scheduling.reschedule",
            "scheduling.book",
            "scheduling.waitlist",
        }
    ),
    source="link",
)
HEADERS = {
    # Not even a script of our own; and whatever is opened from here learns nothing of the address.
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "Cache-Control": "no-store",
}


def portal_view(methods: Iterable[str] = ("GET",)) -> Callable[[View], View]:
    """Make a function a patient's page: methods and frequency checked, refusals said kindly, headers strict."""
    allowed = tuple(methods)

    def decorate(view: View) -> View:
        # The word in the address is all that gives leave here: no cookie speaks for anybody, so that none can be
        # made to speak for somebody else. And under no-referrer browsers send no origin to check.
        @csrf_exempt
        @wraps(view)
        def handle(request: HttpRequest, token: str) -> HttpResponse:
            answer = _answer(view, request, token, allowed)
            for name, value in HEADERS.items():
                answer[name] = value
            return answer

        return handle

    return decorate


def page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    language: str,
    sender: Sender,
    status: int = 200,
) -> HttpResponse:
    """Draw a page in a language, under the name of who writes."""
    values = {
        "words": WORDS[language],
        "language": language,
        "other": "es" if language == "en" else "en",
        "other_word": WORDS["es" if language == "en" else "en"]["language"],
        "clinic": sender.clinic,
        "phone": spoken_phone(sender.phone),
        "dial": sender.phone,
        "path": request.path,
        **context,
    }
    html = engines["portal"].get_template(f"portal/{template}.html").render(values)
    return HttpResponse(html, status=status)


def language_of(request: HttpRequest, written: str = "") -> str:
    """Return the language to answer in: the one chosen here, that of the message, the browser's."""
    chosen = (request.POST if request.method == "POST" else request.GET).get("lang", "")
    if chosen in WORDS:
        return chosen
    if written in WORDS:
        return written
    return "es" if request.headers.get("Accept-Language", "").lower().startswith("es") else "en"


def kindly(request: HttpRequest, code: str, *, status: int) -> HttpResponse:
    """Say that something did not go, and whom to call."""
    language, sender = language_of(request), sender_for(Facts())
    return page(request, "said", {"code": code}, language=language, sender=sender, status=status)


def _answer(view: View, request: HttpRequest, token: str, allowed: tuple[str, ...]) -> HttpResponse:
    if request.method not in allowed and not (request.method == "HEAD" and "GET" in allowed):
        return HttpResponseNotAllowed(allowed)
    if bounds.opened_too_often(token):
        return kindly(request, "often", status=429)
    if request.method == "POST" and card_numbers.where(request.POST.lists()):
        return kindly(request, "card_number", status=422)
    try:
        return view(request, token)
    except Refusal as refusal:
        return kindly(request, _code(refusal), status=STATUS[refusal.kind])


def _code(refusal: Refusal) -> str:
    return {NoSuchLink: "no_link", LinkUsed: "used", LinkOver: "over"}.get(type(refusal), "cannot")
