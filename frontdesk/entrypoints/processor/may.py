"""What the processor's address stands on: its signature, made with a secret that only the two know."""

from frontdesk.kit.permissions import stand

stand(
    "processor_event",
    open_to="a card processor that signs what it sends; without its secret it is a stranger",
)
