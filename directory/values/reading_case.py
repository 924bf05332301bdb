"""Reading case for the capitals of public files: ``ST MARY'S`` -> St. Mary's.

A word that already has a lower-case letter stays as the file writes it. What a rule
cannot know (brands, initials) stands in a list; a word in no list is a capital and
small letters.
"""

import re
from functools import cache

SMALL = "a an and at by du for in of on or the to with y de del d/b/a dba"
SMALL_WORDS = frozenset(SMALL.split())
ARTICLES_AFTER_DE = frozenset({"la", "las", "los", "el"})
HANGS_ON_OTHERS = SMALL_WORDS | ARTICLES_AFTER_DE | {"lac", "med", "ste"}

INITIALS = """
    ACH ACMH AFB AHMC AHN AHS AMC AMG ARH ASEM BCA BHC BSA CAH CAMC CGH CHI CIMA
    CJW DLP EAMC ECU FHN GYN HCA HS HSHS ID IHS II III IL IU IV JFK JPS KMI LBJ
    LDS LIJ LLC LLP LMH LP LSU LTCU LV MCG MD MN MO MUSC NCBH NE NH NMC NNMH NS
    NW NY NYU OB OCH OHSU OSF OSS PA PAM PHS PIH RTC SE SGMC SSM SUNY SW TLC TMC
    TRMC TX UAB UAMS UC UCF UCI UCLA UCSF UF UH UHHS UM UMD UNC UNM UPHS UPMC
    UPR US USA USC USD UT UVA UW VA VCU VHS WCA
"""
ACRONYMS = frozenset(INITIALS.split())
WORDS = {
    "BEH": "Behavioral",
    "BEHAV": "Behavioral",
    "CEN": "Center",
    "CORP": "Corp.",
    "CTR": "Center",
    "DEPT": "Department",
    "DR": "Dr.",
    "FT": "Fort",
    "GOV": "Gov.",
    "HLTH": "Health",
    "HLTHCARE": "Healthcare",
    "HLTHCR": "Healthcare",
    "HOSP": "Hospital",
    "HRT": "Heart",
    "HSP": "Hospital",
    "INC": "Inc.",
    "JCT": "Junction",
    "JR": "Jr.",
    "LTD": "Ltd.",
    "MDL": "Medical",
    "MED": "Medical",
    "MT": "Mt.",
    "REG": "Regional",
    "SO": "South",
    "SRVS": "Services",
    "ST": "St.",
    "STE": "Ste.",
    "SYS": "System",
    "UNIV": "University",
}
MIXED = """
    AdCare AdventHealth AllianceHealth AnMed AtlantiCare BayCare BronxCare CalvertHealth
    CarePlex CarePoint CareWell CentraCare EvergreenHealth FirstHealth HealthAlliance
    HealthBridge HealthONE HealthSource HonorHealth KershawHealth LifeCare LincolnHealth
    MacNeal MaineHealth MarinHealth MedStar MemorialCare MercyOne MetroHealth MultiCare
    MyMichigan OhioHealth OrthoColorado PeaceHealth ProMedica StarCare TeleCare
    ThedaCare TidalHealth TriStar UChicago UMass UofL WakeMed WellSpan WellStar
    WhidbeyHealth WinnMed DeTar LaFollette LeConte DeSoto UCHealth
    """
BRANDS = {word.upper(): word for word in MIXED.split()}
BEHIND_DE = frozenset({"SMET", "SOTO", "QUEEN", "KALB", "WITT", "TAR"})  # De Smet
CITY_ABBREVIATIONS = {
    "BATTE MTN": "BATTLE MOUNTAIN",
    "GPT": "GULFPORT",
    "T OR C": "TRUTH OR CONSEQUENCES",
    "WASHINGTON CH": "WASHINGTON COURT HOUSE",
}

TOKEN = re.compile(r"[\w.'\u2019]+")
ADDRESS_CAPITALS = frozenset({"NE", "NW", "SE", "SW", "US", "PO", "MDG"})


def hospital_name(published: str) -> str:
    """Return a hospital's published name in reading case."""
    text = " ".join(published.split())
    text = re.sub(r"\bD/B/A\b", "DBA", text)
    text = re.sub(r"\bMC (?=[A-Z]{3})", "MC", text)
    text = re.sub(r"\s*,\s*", ", ", text).replace(" )", ")")
    return TOKEN.sub(lambda match: _name_word(match, text), text)


def city_name(published: str) -> str:
    """Return a city's name in reading case, one spelling for St, Saint, Ft and Mt."""
    text = " ".join(published.split()).strip(" ,.")
    text = CITY_ABBREVIATIONS.get(text, text)
    text = re.sub(r"(?i)^N\.? (?=LAS\b)", "North ", text)
    text = re.sub(r"\b(SAINT|ST\.?)(?= )", "ST", text)
    text = re.sub(r"\bMT\.?(?= )", "MOUNT", text)
    text = re.sub(r"\bFT\.?(?= )", "FORT", text)
    text = re.sub(r"\bMC (?=[A-Z]{3})", "MC", text)
    text = re.sub(r"\b([OL])' (?=[A-Z])", r"\1'", text)
    return TOKEN.sub(lambda match: _name_word(match, text), text)


def address_line(published: str) -> str:
    """Return a street address in reading case; abbreviations stay as published."""
    text = " ".join(published.split()).strip(" ,")
    if "BOX" in text:
        text = re.sub(r"\bP\.? ?O\.? BOX\b", "PO BOX", text)
    if " H" in text:
        text = re.sub(r"\bU\.? S\.? (?=H)", "US ", text)
    return " ".join(map(_address_part, text.split(" ")))


def person_name(published: str) -> str:
    """Return a first, middle or last name in reading case: MCDAY-O'HARA, J."""
    text = " ".join(published.split())
    return TOKEN.sub(lambda match: _person_word(match.group()), text)


@cache
def _person_word(word: str) -> str:
    is_initial = len(word.rstrip(".")) < 2
    has_small = any(char.islower() for char in word)
    return word if is_initial or has_small else _capitalized(word)


def _name_word(match: re.Match[str], text: str) -> str:
    word = match.group()
    if word.rstrip(".").lower() not in HANGS_ON_OTHERS:
        return _lone_word(word)
    return _word_between(word, text[: match.start()], text[match.end() :])


@cache
def _lone_word(word: str) -> str:
    """Return a word that is written the same whatever stands around it."""
    return _word_between(word, "", "")


def _word_between(word: str, before: str, after: str) -> str:
    bare = word.rstrip(".")
    if any(char.islower() for char in word):
        return word
    if _is_small(bare, before, after):
        return word.lower()
    if bare in BRANDS:
        return BRANDS[bare]
    if bare in WORDS:
        return _abbreviation(bare, after)
    if (
        bare in ACRONYMS
        or _is_los_angeles(bare, before, after)
        or re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{1,4}|\w|(\w\.)+\w", bare)
    ):
        return word
    return _capitalized(word)


def _is_small(bare: str, before: str, after: str) -> bool:
    """Say whether a word inside a name is written small: of, and, de la."""
    word = bare.lower()
    starts = not before or re.search(r"( - |[(/:]\s?|- )$", before) is not None
    following = after.split()[:1]
    if starts or (following and bare == "DE" and following[0] in BEHIND_DE):
        return False
    if word == "the" and before.endswith(", "):  # Sanctuary, The
        return False
    if word == "a":  # an initial, unless a phrase: "a campus of"
        return bool(re.match(r" (CAMPUS|DIV|MEMBER)\b", after))
    if word == "y":  # in Spanish names, and not in spelled-out S U N Y
        return bool(re.search(r"\w\w $", before))
    if word == "del":  # Del Rey, Del Amo, Del Sol, Del E. Webb are names
        return bool(re.match(r" (CENTRO|MAESTRO|MAR\b)", after))
    if word in ARTICLES_AFTER_DE:
        return bool(re.search(r"\b(DE|Y) $", before))
    return word in SMALL_WORDS


def _is_los_angeles(bare: str, before: str, after: str) -> bool:
    """Say whether LA and LAC are initials of the city, county or state: not La Paz."""
    if bare == "LAC":
        return after.startswith("/")
    return bare == "LA" and bool(before) and (not after or before == "EASTERN ")


def _abbreviation(bare: str, after: str) -> str:
    """Write an abbreviation out, or with its dot, once."""
    written = WORDS[bare]
    if bare in {"MED", "STE"} and not after:
        return written.rstrip(".")
    return written


@cache
def _capitalized(word: str) -> str:
    """Capitalize, also behind Mc, O' and D': McLaren, O'Connor; not behind 's."""
    if word[:1].isdigit():
        return word.lower()
    text = word[:1] + word[1:].lower()
    text = re.sub(r"^Mc([a-z])(?=[a-z]{2})", lambda m: "Mc" + m[1].upper(), text)
    return re.sub(r"^([OLD]')([a-z])(?=[a-z])", lambda m: m[1] + m[2].upper(), text)


@cache
def _address_part(part: str) -> str:
    return TOKEN.sub(lambda match: _address_word(match.group()), part)


def _address_word(word: str) -> str:
    bare = word.rstrip(".")
    if any(char.islower() for char in word) or bare in ADDRESS_CAPITALS:
        return word
    if bare in {"AND", "AT", "OF", "THE"}:
        return word.lower()
    if bare == "FT":
        return "Fort"
    if re.fullmatch(r"[B-DF-HJ-NP-TV-XZ]{1,2}|\w|[SNEW]\.[SNEW]|II|III", bare):
        return (
            _capitalized(word) if bare in {"ST", "DR", "RD", "LN", "CT", "PL"} else word
        )
    return _capitalized(word)
