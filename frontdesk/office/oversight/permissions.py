"""What the oversight room lets people do; reading the record itself is `audit.read`."""

from frontdesk.kit.permissions import ADMIN, MANAGER, PRIVACY, declare

declare("oversight.export_record", "Take the record of who did what along as a file", PRIVACY, ADMIN)
declare(
    "oversight.snooping", "See looks at charts that ask to be explained, and settle them", PRIVACY, MANAGER
)
declare(
    "oversight.review_access", "Review who has an account and what it lets them do", PRIVACY, MANAGER, ADMIN
)
