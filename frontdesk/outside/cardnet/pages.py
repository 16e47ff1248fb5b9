"""The network's own pages: where somebody pays a link in their browser. The card's number is typed here, never at the desk."""

from html import escape

from frontdesk.outside.cardnet.store import Thing

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:26rem;margin:3rem auto;padding:0 1rem;color:#1b2430}"
    "label{display:block;font-weight:600;margin-top:1.25rem}input{font:inherit;width:100%;padding:.6rem;box-sizing:border-box;"
    "border:1px solid #7a8594;border-radius:.4rem}button{font:inherit;font-weight:600;margin-top:1.25rem;padding:.7rem 1rem;"
    "width:100%;border:0;border-radius:.4rem;background:#1d4f91;color:#fff}.wrong{color:#a1260d}.quiet{color:#566172}"
)
_WHY = {
    "not_a_test_card": "This network takes only its practice cards: 4242 4242 4242 4242 is good.",
    "insufficient_funds": "The card was declined: there is not enough money on it.",
}


def paying(session: Thing, why: str = "") -> str:
    """Return the page of a link: a form while it is open, else what became of it."""
    dollars = f"${session['amount_total'] / 100:,.2f}"
    what = ", ".join(escape(one) for one in session["what"] if one)
    if session["status"] == "complete":
        inside = f"<h1>Paid</h1><p>{dollars}. Thank you. You may close this page.</p>"
    elif session["status"] == "expired":
        inside = "<h1>This link is over</h1><p>Ask the practice for a new one.</p>"
    else:
        wrong = (
            f'<p class="wrong" role="alert">{_WHY.get(why, "The card was declined. Try another.")}</p>'
            if why
            else ""
        )
        inside = (
            f"<h1>Pay {dollars}</h1><p class='quiet'>{what}</p>{wrong}"
            "<form method='post'><label for='number'>Card number</label>"
            "<input id='number' name='number' inputmode='numeric' autocomplete='off' value='4242 4242 4242 4242'>"
            f"<button>Pay {dollars}</button></form>"
            "<p class='quiet'>The practice card network: no card here is real, and no money moves.</p>"
        )
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width'>"
        f"<title>Pay {dollars}</title><style>{_STYLE}</style></head><body><main>{inside}</main></body></html>"
    )
