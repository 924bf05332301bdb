"""Who is in which release: some leave, some come, some move, some change.

A clinician's number decides. In release 1 there are exactly as many as asked for; each
of the releases 2 to 5 takes away about 1 %, brings about 1 %, moves about 1 % and
changes something about 2 %; later ones are as the fifth.
"""

CYCLE = 50  # a rule below names the remainders of a clinician's number by it
ARRIVES = frozenset({24, 49})
LEAVES = frozenset({7, 32})
MOVES = frozenset({15, 40})
CHANGES_NAME = 3
CHANGES_TELEHEALTH = 28
CHANGES_HOSPITALS = frozenset({11, 36})
FIRST_CHANGE = 2
CHANGING_RELEASES = 4
OUTSIDE = 25  # one in so many arrives later


def numbers_for(practitioners: int) -> int:
    """Return how many numbers give ``practitioners`` in release 1."""
    return practitioners + (practitioners - 1) // (OUTSIDE - 1)


def turn_of(number: int) -> int:
    """Return the release in which a number's change happens, if it has one."""
    return FIRST_CHANGE + number // CYCLE % CHANGING_RELEASES


def is_in(number: int, release: int) -> bool:
    """Say whether a clinician is in a release."""
    rule = number % CYCLE
    if rule in ARRIVES:
        return release >= turn_of(number)
    return rule not in LEAVES or release < turn_of(number)


def has_changed(number: int, release: int) -> bool:
    """Say whether the change of a number has happened by a release."""
    return release >= turn_of(number)


def seat_holder(number: int, release: int, numbers: int) -> int:
    """Return whose original place a clinician has in a release.

    Those who move in the same release change places in a ring, so every group keeps
    its number of members.
    """
    if number % CYCLE not in MOVES or not has_changed(number, release):
        return number
    ring = CYCLE * CHANGING_RELEASES
    following = number + ring
    return following if following < numbers else number % ring
