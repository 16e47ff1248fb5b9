"""What the carrier's address stands on: its signature, made with a secret that only the two know."""

from frontdesk.kit.permissions import stand

stand("carrier_text", open_to="a carrier that signs what it sends; without its secret it is a stranger")
