"""One way to write a street line, so that two files mean the same building. Pure.

Only for comparing: readers see the line as its file has it. The abbreviations are those
of USPS Publication 28, appendices B (directions), C1 (suffixes) and C2 (suites). Where
two streets could become one, the line stays as it is: what is not known to be the same
may be another building, and no page calls it another institution for that alone.
"""

import re

from directory.values.sort_keys import unaccented

# The standard form, then other forms of the same word; plurals are other words.
SUFFIXES = """
    ALY ALLEE ALLEY ALLY, ANX ANEX ANNEX ANNX, ARC ARCADE,
    AVE AV AVEN AVENU AVENUE AVN AVNUE, BCH BEACH, BG BURG, BLF BLUF BLUFF,
    BLFS BLUFFS, BLVD BOUL BOULEVARD BOULV, BND BEND, BR BRANCH BRNCH,
    BRG BRDGE BRIDGE, BRK BROOK, BRKS BROOKS, BTM BOT BOTTM BOTTOM,
    BYP BYPA BYPAS BYPASS BYPS, BYU BAYOO BAYOU, CIR CIRC CIRCL CIRCLE CRCL CRCLE,
    CLB CLUB, CLF CLIFF, CLFS CLIFFS, CMN COMMON, CMNS COMMONS, COR CORNER,
    CORS CORNERS, CP CAMP CMP, CPE CAPE, CRES CRESCENT CRSENT CRSNT, CRK CREEK,
    CRSE COURSE, CRST CREST, CSWY CAUSEWAY CAUSWA, CT COURT, CTS COURTS,
    CTR CEN CENT CENTER CENTR CENTRE CNTER CNTR, CTRS CENTERS, CURV CURVE, CV COVE,
    CVS COVES, CYN CANYN CANYON CNYN, DL DALE, DM DAM, DR DRIV DRIVE DRV, DRS DRIVES,
    DV DIV DIVIDE DVD, EST ESTATE, ESTS ESTATES, EXPY EXP EXPR EXPRESSWAY EXPW,
    EXT EXTENSION EXTN EXTNSN, FLD FIELD, FLDS FIELDS, FLS FALLS, FLT FLAT, FLTS FLATS,
    FRD FORD, FRG FORG FORGE, FRK FORK, FRKS FORKS, FRST FOREST, FRY FERRY FRRY,
    FT FORT FRT, FWY FREEWAY FREEWY FRWAY FRWY, GDN GARDEN GARDN GRDEN GRDN,
    GDNS GARDENS GRDNS, GLN GLEN, GRN GREEN, GRV GROV GROVE,
    GTWY GATEWAY GATEWY GATWAY GTWAY, HBR HARB HARBOR HARBR HRBOR, HL HILL, HLS HILLS,
    HOLW HLLW HOLLOW, HTS HEIGHTS HGTS, HVN HAVEN, HWY HIGHWAY HIGHWY HIWAY HIWY HWAY,
    INLT INLET, IS ISLAND ISLND, JCT JCTION JCTN JUNCTION JUNCTN JUNCTON,
    KNL KNOL KNOLL,
    KNLS KNOLLS, KY KEY, LCK LOCK, LDG LDGE LODG LODGE, LF LOAF, LGT LIGHT, LK LAKE,
    LKS LAKES, LN LANE, LNDG LANDING LNDNG, MDW MEADOW, MDWS MEADOWS MEDOWS, ML MILL,
    MLS MILLS, MNR MANOR, MSN MISSION MISSN MSSN, MT MNT MOUNT,
    MTN MNTAIN MNTN MOUNTAIN MOUNTIN MTIN, MTWY MOTORWAY, NCK NECK, OPAS OVERPASS,
    ORCH ORCHARD ORCHRD, OVAL OVL, PARK PRK, PKWY PARKWAY PARKWY PKWAY PKY, PL PLACE,
    PLN PLAIN, PLNS PLAINS, PLZ PLAZA PLZA, PNE PINE, PNES PINES, PR PRAIRIE PRR,
    PRT PORT, PSGE PASSAGE, PT POINT, PTS POINTS, RADL RAD RADIAL RADIEL, RD ROAD,
    RDG RDGE RIDGE, RDGS RIDGES, RDS ROADS, RIV RIVER RIVR RVR, RNCH RANCH, RPD RAPID,
    RPDS RAPIDS, RST REST, RTE ROUTE, SHL SHOAL, SHLS SHOALS, SHR SHOAR SHORE,
    SHRS SHOARS SHORES, SKWY SKYWAY, SMT SUMIT SUMITT SUMMIT,
    SPG SPNG SPRING SPRNG, SPGS SPNGS SPRINGS SPRNGS, SQ SQR SQRE SQU SQUARE,
    SQS SQRS SQUARES, ST STR STREET STRT, STA STATION STATN STN,
    STRA STRAV STRAVEN STRAVENUE STRAVN STRVN STRVNUE, STRM STREAM STREME, STS STREETS,
    TER TERR TERRACE, TPKE TRNPK TURNPIKE TURNPK, TRAK TRACK TRK, TRCE TRACE,
    TRFY TRAFFICWAY, TRL TRAIL, TRWY THROUGHWAY, TUNL TUNEL TUNNEL TUNNL, UN UNION,
    UPAS UNDERPASS, VIA VDCT VIADCT VIADUCT, VIS VIST VISTA VST VSTA,
    VL VILLE, VLG VILL VILLAG VILLAGE VILLG VILLIAGE, VLY VALLEY VALLY VLLY, VW VIEW,
    WAY WY, WL WELL, WLS WELLS, XING CROSSING CRSSNG, XRD CROSSROAD
"""
ALIKE = [group.split() for group in SUFFIXES.split(",")]
STANDARD = {word: group[0] for group in ALIKE for word in group}
SUFFIX = set(STANDARD.values())
# Words that are one however they stand, also as the first of a name.
ALWAYS = {"SAINT": "ST", "MOUNT": "MT", "FORT": "FT", "BUILDING": "BLDG"}
ALWAYS |= {"AVENUE": "AVE", "AV": "AVE", "AVENIDA": "AVE", "CARRETERA": "CARR"}
DIRECTIONS = {"NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W"}
DIRECTIONS |= {"NORTHEAST": "NE", "NORTHWEST": "NW"}
DIRECTIONS |= {"SOUTHEAST": "SE", "SOUTHWEST": "SW"}
DIRECTIONS |= {short: short for short in DIRECTIONS.values()}
PAIRS = {("N", "E"), ("N", "W"), ("S", "E"), ("S", "W")}
# Roads that have a letter for a name: County Road N.
LETTERED = {"COUNTY", "STATE", "US", "HWY", "RD", "RTE"}
HOUSES = {"ONE": "1", "TWO": "2"}

SUITE = (
    r"(?:(?:STE|SUITE|UNIT|APT|APARTMENT|RM|ROOM|FL|FLR|FLOOR|OFC|OFFICE|SPC|SPACE"
    r"|DEPT)(?:[ #]*[0-9]|[ #]+[A-Z](?![A-Z]))"
    r"|(?:[0-9]+(?:ST|ND|RD|TH)|FIRST|SECOND|THIRD|FOURTH|FIFTH) (?:FL|FLR|FLOOR)\b)"
)
# What stands behind the street: a suite, a floor, a box of the post office.
BEHIND = re.compile(rf"[ ,(/-]+(?:{SUITE}|(?:P ?O|POST OFFICE) BOX\b).*")
# Suites and nothing else, of whatever street.
ALONE = re.compile(rf"[ (]*(?:{SUITE}[0-9A-Z-]*+[0-9 ,&()/-]*+)+")
BOX_BEHIND = re.compile(r"[,(] *BOX\b.*")
BOX_BEFORE = re.compile(r"(?:P ?O|POST OFFICE) BOX [0-9]+[ ,/-]+(?=[0-9]+ )")
DOT = re.compile(r"(?<![0-9])\.|\.(?![0-9])|['\u2019]")
WORD = re.compile(r"[^\W_]+(?:(?<=[0-9])[./-](?=[0-9])[^\W_]+)*|[#&]")
HOUSE = re.compile("(?![0-9]+(?:ST|ND|RD|TH)$).*[0-9].*")  # 5th is a street
NUMBER_OR_LETTER = re.compile(r"[A-Z]|[0-9]\S*")


def building_line(line: str) -> str:
    """Return what street lines of one building have in common; not for reading.

    ``12 North Main Street, Suite 5`` and ``12 N. Main St`` -> ``12 N MAIN ST``. Of a
    suite without a street nothing: no building is known.
    """
    text = " ".join(DOT.sub("", unaccented(line).upper()).split())
    if ALONE.fullmatch(text):
        return ""
    words = WORD.findall(_street_of(text))
    if not words:
        return text or line
    if len(words) > 1:
        words[0] = HOUSES.get(words[0], words[0])
    number = 1 if HOUSE.fullmatch(words[0]) else 0
    before, words, behind = _without_directions(words[number:], words[:number])
    return " ".join([*before, *_standard(words), *behind])


def building_of(line_1: str, line_2: str) -> str:
    """Return what the addresses of one building have in common; not for reading.

    Behind a suite without a street the second line may hold the street.
    """
    return building_line(line_1) or street_behind(line_2)


def street_behind(line_2: str) -> str:
    """Return the building that a second line names by house and street, or nothing.

    A department, a ward or a wing is no building: each house has some.
    """
    return house_and_street(building_line(line_2))


def house_and_street(building: str) -> str:
    """Return a building that is named by house and street, or nothing."""
    house, *street = building.split(" ")
    return building if HOUSE.fullmatch(house) and SUFFIX.intersection(street) else ""


def _street_of(text: str) -> str:
    """Return a line without suite and box, unless nothing but a number would stay."""
    has_box = "BOX" in text
    if has_box:
        text = BOX_BEFORE.sub("", text)
    for pattern in (BEHIND, BOX_BEHIND) if has_box else (BEHIND,):
        shorter = pattern.sub("", text)
        text = shorter if " " in shorter else text
    return text


def _without_directions(
    words: list[str], before: list[str]
) -> tuple[list[str], list[str], list[str]]:
    """Part a street into what stands before its name, the name, and behind it.

    A direction alone with a suffix is the name: North Ave, Avenue N, E St NW.
    """
    behind: list[str] = []
    if words and words[-1] in DIRECTIONS and _has_name(words[:-1]):
        behind, words = [DIRECTIONS[words[-1]]], words[:-1]
    if tuple(words[:2]) in PAIRS and _is_street(words[2:]):
        return [*before, "".join(words[:2])], words[2:], behind
    if words and words[0] in DIRECTIONS and _is_street(words[1:]):
        return [*before, DIRECTIONS[words[0]]], words[1:], behind
    return before, words, behind


def _is_street(words: list[str]) -> bool:
    return len(words) > 1 or bool(words and words[0] not in STANDARD)


def _has_name(words: list[str]) -> bool:
    is_lettered = all(STANDARD.get(word, word) in LETTERED for word in words)
    return _is_street(words) and not is_lettered


def _standard(words: list[str]) -> list[str]:
    """Return the words of a street in their standard form.

    The first word of a name may look like a suffix: St Paul St, Court St. Before a
    number or a letter it is what it looks like: Highway 9, Avenue A.
    """
    found = [ALWAYS.get(word) or STANDARD.get(word, word) for word in words]
    if not any(map(NUMBER_OR_LETTER.fullmatch, words[1:2])):
        found[:1] = [ALWAYS.get(word, word) for word in words[:1]]
    return found
