"""The tables of the billing room."""

from frontdesk.office.billing.models.fees import ContractRate, Fee, UsualService

__all__ = ["ContractRate", "Fee", "UsualService"]
