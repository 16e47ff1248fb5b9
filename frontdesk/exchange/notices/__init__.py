"""The Advance Beneficiary Notice (CMS-R-131) as the form a patient signs, in English or Spanish."""
