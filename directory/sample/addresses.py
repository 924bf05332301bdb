"""Made-up addresses: a group's sites are buildings of its town, shared at times."""

from typing import NamedTuple

from directory.sample import names
from directory.sample.chance import Chance
from directory.sample.towns import Town

BUILDING, SUITE = 1, 2  # kinds of chance
DIRECTIONS = ("",) * 10 + ("N", "S", "E", "W", "NW", "SE")
STREET_ENDS = ("ST", "AVE", "DR", "RD", "LN", "WAY", "BLVD", "PKWY", "CT", "PLZ")
WITH_PLUS_4 = 0.76
MASKED_PLUS_4 = 0.01
WITH_SUITE = 0.5
SUITE_SUPPRESSED = 0.04
WITHOUT_PHONE = 0.08
NEW_PHONE = 0.01  # in a later release
FEWEST_BUILDINGS = 12
PEOPLE_A_BUILDING = 3
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STREETS = tuple(name.upper() for name in names.STREET_STARTS)


class Address(NamedTuple):
    """The cells from ``adr_ln_1`` to the telephone number, joined, and ``adrs_id``."""

    cells: str
    adrs_id: str


def buildings_in(seats: int) -> int:
    """Return how many buildings a town of so many clinicians has."""
    return FEWEST_BUILDINGS + seats // PEOPLE_A_BUILDING


def address(
    seed: int, index: int, town: Town, building: int, owner: int, release: int = 1
) -> Address:
    """Return an address of a group, or of somebody on their own.

    ``index`` is the town's; ``owner`` decides suite and telephone, the building all
    else.
    """
    chance = Chance(seed, BUILDING, index << 24 | building)
    number = str(1 + chance.below(9899))
    direction = chance.pick(DIRECTIONS)
    street = f"{chance.pick(STREETS)} {chance.pick(STREET_ENDS)}"
    if direction:
        street = f"{direction} {street}" if chance.below(2) else f"{street} {direction}"
    line_1 = f"{number} {street}"
    zip_code = chance.pick(town.zip_codes)
    plus_4 = "0000"
    if chance.happens(WITH_PLUS_4):
        plus_4 = f"{1 + chance.below(9998):04d}"
    elif chance.happens(MASKED_PLUS_4):
        plus_4 = "".join(chance.pick(LETTERS) for _ in range(4))
    area_code = chance.pick(town.area_codes)

    chance = Chance(seed, SUITE, owner << 24 | building)
    line_2 = f"STE {100 + chance.below(899)}" if chance.happens(WITH_SUITE) else ""
    suppressed = "" if line_2 or not chance.happens(SUITE_SUPPRESSED) else "Y"
    phone = f"{area_code}55501{chance.below(100):02d}"
    if chance.happens(WITHOUT_PHONE):
        phone = ""
    elif release > 1 and chance.happens(NEW_PHONE):
        phone = f"{area_code}55501{chance.below(100):02d}"
    is_written = plus_4.isdigit() and plus_4 != "0000"
    written_zip = zip_code + plus_4 if is_written else zip_code
    place = f"{town.city},{town.state},{written_zip}"
    return Address(
        f"{line_1},{line_2},{suppressed},{place},{phone}",
        adrs_id(town.state, zip_code + plus_4, town.city, line_1, line_2),
    )


def adrs_id(state: str, zip_9: str, city: str, line_1: str, line_2: str) -> str:
    """Return the address key of 25 characters, as far as published rows show it.

    State, ZIP+4, two letters of the city, four of the house number, X, four of the
    last word of the street, then one digit for the words of the first line and two for
    those of the second.
    """
    words = line_1.split()
    number, last = words[0][:4], words[-1][:4]
    letters = city.strip('"').replace(" ", "")[:2]
    suite = min(len(line_2.split()), 99)
    return f"{state}{zip_9}{letters:X<2}{number:X<4}X{last:X<4}{len(words)}{suite:02d}"
