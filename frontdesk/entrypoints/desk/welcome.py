"""The first step of somebody new: a link they were sent, with which they choose their password. Nobody registers."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from frontdesk.entrypoints.desk import letting_in
from frontdesk.entrypoints.desk.http import STATUS
from frontdesk.entrypoints.desk.session import door, known_names
from frontdesk.kit.errors import Invalid, Refusal
from frontdesk.office.accounts import services as accounts
from frontdesk.office.accounts.errors import LinkEnded


@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest, token: str) -> HttpResponse:
    """Show who is welcome here; posted, keep their password and let them in. Looking at the link does not use it."""
    try:
        found = accounts.invited(token)
    except LinkEnded as ended:
        return door(request, "desk/my/link_ended.html", {"problem": ended.sentence}, 410)
    refusal = None
    if request.method == "POST":
        try:
            new = request.POST.get("password_new", "")
            if new != request.POST.get("password_again", ""):
                msg = "The two do not read the same."
                raise Invalid(msg, fields={"password_again": msg})
            person = accounts.accept_invitation(token=token, password=new, avoid=known_names())
        except Refusal as refused:
            refusal = refused
        else:
            accounts.come_in(user=person, how="invitation")
            letting_in.let_in(request, person, "invitation")
            return HttpResponseRedirect("/my/sign-in" if request.session.get("owes_factor") else "/")
    context = {
        "person": found.user,
        "token": token,
        "problem": refusal.sentence if refusal else "",
        "errors": refusal.fields if isinstance(refusal, Invalid) else {},
    }
    return door(request, "desk/my/welcome.html", context, STATUS[refusal.kind] if refusal else 200)
