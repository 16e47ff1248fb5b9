"""A Good Faith Estimate as the paper a patient gets, in English or Spanish."""
