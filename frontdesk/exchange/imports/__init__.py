"""imports: patients out of other programs' files: a practice's own list (CSV), Synthea's export, FHIR.

Each reader turns a file into `Incoming` rows or `Rejected` ones; `run` hands the first to the patients room and writes
the second to a file that says why. A second run finds every patient already there and changes nothing.
"""
