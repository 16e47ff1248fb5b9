"""What a part of a debt is written off as: the names of the ledger's adjustment accounts, in words."""

WHY = {
    "courtesy": "Courtesy",
    "hardship": "Hardship",
    "small_balance": "Too small to ask for",
    "bad_debt": "Will not be paid",
    "mistake": "Charged by mistake",
}
