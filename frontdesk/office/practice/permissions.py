"""What the practice room lets people do."""

from frontdesk.kit.permissions import ADMIN, EVERYONE, LEAD, MANAGER, SERVICE, declare

declare("practice.view", "See locations, departments, providers, rooms and hours", *EVERYONE, SERVICE)
declare("practice.change", "Change locations, departments, providers, rooms and hours", MANAGER, ADMIN)
declare("practice.close_day", "Close a location for a day", LEAD, MANAGER, ADMIN)
