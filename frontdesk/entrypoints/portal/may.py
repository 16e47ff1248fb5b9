"""What the patients' addresses stand on: the word in them, which only the patient was sent."""

from frontdesk.kit.permissions import stand

WORD = "a random word sent to one patient, for one visit, that ends"
stand("link_paid", open_to="it thanks whoever comes back from the card processor's page, and knows nothing")
for route in ("link", "link_times", "link_cancel"):
    stand(route, open_to=WORD)
