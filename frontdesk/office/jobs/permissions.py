"""What the jobs room lets people do."""

from frontdesk.kit.permissions import ADMIN, MANAGER, declare

declare("jobs.view", "See work that runs by itself, and what of it failed", MANAGER, ADMIN)
