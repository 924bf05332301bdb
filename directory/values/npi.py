"""National Provider Identifier: ten digits with a check digit."""

NPI_PREFIX = "80840"  # health applications, United States (ISO/IEC 7812)


def luhn_total(digits: str) -> int:
    """Return the Luhn sum of digits; a valid number gives a multiple of 10."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit)
        if index % 2:
            value = value * 2 - 9 if value > 4 else value * 2
        total += value
    return total


def is_npi(text: str) -> bool:
    """Say whether ``text`` is ten ASCII digits whose check digit is right."""
    return (
        len(text) == 10
        and text.isascii()
        and text.isdigit()
        and luhn_total(NPI_PREFIX + text) % 10 == 0
    )


# The same in SQL for millions of rows. What each pair of digits adds to the Luhn sum;
# 24 is what the prefix adds.
PAIRS = ",".join(
    str((odd * 2 - 9 if odd > 4 else odd * 2) + even)
    for odd in range(10)
    for even in range(10)
)
SUM = " + ".join(
    f"('{{{PAIRS}}}'::int[])[substr(npi, {at}, 2)::int + 1]" for at in (1, 3, 5, 7, 9)
)
# For a column npi; a pattern that counts ten digits would take three times as long.
IS_NO_NPI = (
    "length(npi) <> 10 OR npi ~ '[^0-9]'"
    " OR left(npi, 1) NOT IN ('1', '2') AND left(npi, 2) <> '99'"
)
# For a column npi that IS_NO_NPI says nothing against.
IS_WRONG = f"(24 + {SUM}) % 10 <> 0"
