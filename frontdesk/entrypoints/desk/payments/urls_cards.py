"""The addresses of cards: a charge that is followed, what is in doubt, payment links."""

from django.urls import path

from frontdesk.entrypoints.desk.payments import card, cards, link, on_file, sending

urlpatterns = [
    path("payments/cards", cards.cards, name="cards"),
    path("payments/cards/reader", cards.reader, name="card_reader"),
    path("payments/cards/seen/<slug:what>/<int:row_id>", cards.seen, name="card_seen"),
    path("payments/cards/<int:charge_id>", card.follow, name="card_charge"),
    path("payments/cards/<int:charge_id>/call-off", card.call_off, name="card_call_off"),
    path("payments/cards/<int:charge_id>/again", card.again, name="card_again"),
    path("payments/links/<int:charge_id>/code", link.code, name="link_qr"),
    path("payments/links/<int:charge_id>/send", sending.send_link, name="link_send"),
    path("patients/<int:patient_id>/cards-on-file", on_file.cards, name="cards_on_file"),
    path("patients/<int:patient_id>/payment-link", link.make, name="link_new"),
]
