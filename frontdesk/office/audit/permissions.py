"""What the audit room lets people do."""

from frontdesk.kit.permissions import ADMIN, MANAGER, PRIVACY, declare

declare("audit.read", "Read who looked at or changed what", MANAGER, PRIVACY, ADMIN)
