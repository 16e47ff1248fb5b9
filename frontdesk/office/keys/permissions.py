"""What the keys room lets people do."""

from frontdesk.kit.permissions import ADMIN, declare

declare("keys.rotate", "Seal what is sealed anew, with the newest key", ADMIN)
