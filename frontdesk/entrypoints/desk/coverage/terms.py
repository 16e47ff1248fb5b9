"""The codes of a payer's answer (271, X12 005010X279A1) in words a patient could be read."""

# EB01.
INFORMATION = {
    "1": "Active", "2": "Active, full risk", "3": "Active, services capitated", "4": "Active, primary care capitated",
    "5": "Active, pending investigation", "6": "Inactive", "7": "Inactive, pending an update",
    "8": "Inactive, pending investigation", "A": "Coinsurance", "B": "Copay", "C": "Deductible", "CB": "Coverage basis",
    "D": "Description", "E": "Not covered for this", "F": "Limit", "G": "Out-of-pocket maximum", "H": "Unlimited",
    "I": "Not covered", "J": "Cost containment", "K": "Reserve", "L": "Primary care provider",
    "M": "Condition for a pre-existing illness", "MC": "Managed care coordinator", "N": "Only certain providers",
    "O": "Not a medical necessity", "P": "Benefit disclaimer", "Q": "Second opinion needed", "R": "Other insurance",
    "S": "Prior year history", "T": "Card reported lost or stolen", "U": "Ask another payer", "V": "Cannot be processed",
    "W": "Other source of data", "X": "Health care facility", "Y": "Spend-down",
}  # fmt: skip
# EB02.
LEVELS = {
    "IND": "one person", "FAM": "the family", "EMP": "the employee", "ESP": "employee and spouse",
    "ECH": "employee and children", "SPO": "the spouse", "SPC": "spouse and children", "CHD": "the children",
    "DEP": "dependents",
}  # fmt: skip
# EB06.
PERIODS = {
    "6": "an hour", "7": "a day", "13": "24 hours", "21": "years", "22": "a service year", "23": "this calendar year",
    "24": "so far this year", "25": "the contract", "26": "an episode", "27": "a visit", "28": "outlier",
    "29": "left", "30": "exceeded", "31": "not exceeded", "32": "in a lifetime", "33": "left in a lifetime",
    "34": "a month", "35": "a week", "36": "an admission",
}  # fmt: skip
# EB12 and EB11.
NETWORKS = {"Y": "in network", "N": "out of network", "W": "any network"}
YES_NO = {"Y": "authorization needed", "N": "no authorization needed", "U": "authorization not known"}
# What a number counts (EB09, HSD01).
COUNTS = {
    "VS": "visits", "DY": "days", "DA": "days", "DB": "deductible blood units", "HS": "hours", "MN": "months",
    "FL": "units", "99": "units", "LA": "lifetime reserve days, used", "LE": "lifetime reserve days, estimated",
    "P6": "services", "QA": "quantity approved", "S7": "youngest age", "S8": "oldest age", "YY": "years", "8H": "the least",
}  # fmt: skip
# NM101 of loop 2120.
ROLES = {
    "13": "Contracted provider", "1I": "Preferred provider organization", "1P": "Provider", "2B": "Administrator",
    "36": "Employer", "73": "Other physician", "FA": "Facility", "GP": "Gateway", "GW": "Group", "I3": "Practice association",
    "IL": "Insured", "LR": "Legal representative", "OC": "Origin carrier", "P3": "Primary care provider",
    "P4": "Prior insurance", "P5": "Plan sponsor", "PR": "Payer", "PRP": "Primary payer", "SEP": "Secondary payer",
    "TTP": "Tertiary payer", "VN": "Vendor", "VY": "Organization", "X3": "Utilization management", "Y2": "Managed care plan",
}  # fmt: skip
# DTP01.
DATES = {
    "096": "discharged", "193": "period begins", "194": "period ends", "198": "done", "290": "coordination of benefits",
    "291": "plan", "292": "benefit", "295": "primary care provider", "304": "latest visit", "307": "eligibility",
    "318": "added", "346": "plan begins", "347": "plan ends", "348": "benefit begins", "349": "benefit ends",
    "356": "eligibility begins", "357": "eligibility ends", "382": "enrolled", "435": "admitted", "442": "died",
    "472": "service", "539": "policy begins", "540": "policy ends", "636": "last updated", "771": "status",
}  # fmt: skip
