"""The addresses of the patients' pages. What stands in them is a random word; it names no one and nothing."""

from django.urls import path

from frontdesk.entrypoints.portal import may, pages  # noqa: F401 - `may` is read for what each address stands on

urlpatterns = [
    path("paid", pages.paid, name="link_paid"),
    path("a/<str:token>", pages.answer, name="link"),
    path("a/<str:token>/times", pages.times, name="link_times"),
    path("a/<str:token>/cancel", pages.cancel, name="link_cancel"),
]
