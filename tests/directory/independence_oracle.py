"""Independence once more, slow and obvious: every pair of ties is looked at."""

from itertools import product

LEVELS = ("address", "group practice", "hospital", "health system")


def verdict_on(first, second):
    """Compare two lists of keys; None where the level does not apply to a side."""
    if first is None or second is None:
        return None
    for one, other in product(first, second):
        if one == other:
            return "shares"
    if len(first) > 0 and len(second) > 0:
        return "differs"
    return "unknown"


def verdicts(first, second):
    """Return level -> verdict for two sides, each level -> list of keys."""
    found = {}
    for level in LEVELS:
        verdict = verdict_on(first[level], second[level])
        if verdict is not None:
            found[level] = verdict
    return found


def overall(levels):
    """Return what all levels together say."""
    claims_difference = False
    for verdict in levels.values():
        if verdict == "shares":
            return "shares"
        if verdict == "differs":
            claims_difference = True
    return "differs" if claims_difference else "unknown"
