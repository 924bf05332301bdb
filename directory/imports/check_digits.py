"""The check digit of an NPI in SQL, for millions of rows; ``is_npi`` in Python."""

# What each pair of digits adds to the Luhn sum; 24 is what the prefix 80840 adds.
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
