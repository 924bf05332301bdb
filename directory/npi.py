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


def with_check_digit(first_nine: str) -> str:
    """Return the NPI whose first nine digits are given."""
    return first_nine + str(-luhn_total(NPI_PREFIX + first_nine + "0") % 10)
