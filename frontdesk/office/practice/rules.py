"""Pure rules of the practice."""


def is_npi(text: str) -> bool:
    """Say whether this can be a National Provider Identifier: ten digits, the last a check digit (45 CFR 162.406).

    The check is Luhn's over the digits with the card issuer prefix 80840 before them, which adds 24.
    """
    if len(text) != 10 or not (text.isascii() and text.isdigit()) or text[0] not in "12":
        return False
    doubled = sum(sum(divmod(2 * int(digit), 10)) for digit in text[-2::-2])
    return (24 + doubled + sum(map(int, text[-1::-2]))) % 10 == 0
