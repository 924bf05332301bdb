"""Words: clinical ones with a plain twin, abbreviations, signs on the skin."""

import re
from collections.abc import Iterator
from functools import cache

from articles.checks.guide import Guide, Passage
from articles.checks.rule import Example, Facts, Found, Rule, Severity
from articles.checks.word_lists import lines, pairs, pattern

# But not the number of a stage: IIIA, IVB.
ABBREVIATION = re.compile(r"\b(?!(?:I{1,3}|IV)[A-D]\b)[A-Z]{2,6}\d?(?=s?\b)")
QUOTE = r"[\"“”']?"
# How a meaning follows a word: MRI (magnetic …); MRI, a scan; MRI. This is a scan.
MEANING_AFTER = (
    r"\s*\([^)]|,? or |, (?:from )?(?:an?|the|which|that is|meaning) "
    r"| (?:means?|stands for) |\. (?:It|That|This) is "
)
# How a word is introduced after its meaning.
NAMED = (
    r"(?:call(?:ed|s)?(?: (?:it|that|them|this))?|known as|named|the word|the name is)"
    r"\s+(?:an?\s|the\s)?"
)


def plain_words(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find the first use of each clinical word that the guide explains nowhere."""
    twins = pairs("plain_words")
    told: set[str] = set()
    for passage in guide.passages:
        if passage.kind == "note":
            continue
        for found in _clinical_words().finditer(passage.text):
            word = found["word"].casefold()
            if word in told or found[0].isupper():  # a name: the ISCHEMIA trial
                continue
            told.add(word)
            if not _is_explained(guide, word):
                message = (
                    f"Say “{twins[word]}”, or explain the word once: its meaning in "
                    "brackets behind it is enough."
                )
                line = passage.line_at(found.start())
                yield Found(message, line, found[0])


@cache
def _clinical_words() -> re.Pattern[str]:
    """Return what finds a word of the list, alone or as several: lesions."""
    words = sorted(pairs("plain_words"), key=len, reverse=True)
    together = "|".join(re.escape(word) for word in words)
    return re.compile(rf"\b(?P<word>{together})s?\b", re.IGNORECASE)


def _is_explained(guide: Guide, word: str) -> bool:
    explains = _explanation(word, flags=re.IGNORECASE)
    return any(
        word in passage.text.casefold()
        and (passage.kind == "term" or explains.search(passage.text))
        for passage in guide.passages
    )


@cache
def _explanation(word: str, between: str = "", flags: int = 0) -> re.Pattern[str]:
    """Return what finds a word with its meaning beside it."""
    it = re.escape(word)
    return re.compile(
        rf"\b{it}s?{between}{QUOTE}(?:{MEANING_AFTER})|{NAMED}{QUOTE}{it}s?\b"
        rf"|\([^)]*\b{it}s?\b[^)]*\)|, or {it}s?\b",
        flags,
    )


def abbreviation(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find abbreviations that are not explained where they are first used."""
    told = set(lines("abbreviations"))
    for passage in guide.passages:
        if passage.kind in {"heading", "note", "title"} or passage.text.isupper():
            continue
        for found in ABBREVIATION.finditer(passage.text):
            short = found[0]
            if short in told:
                continue
            told.add(short)
            if not _explanation(short, r"(?: \w+)?").search(passage.text):
                message = (
                    "is not explained where it is first used. Write it out, with the "
                    "abbreviation in brackets, or say what it is."
                )
                yield Found(message, passage.line_at(found.start()), short)


def skin_tone(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find signs on the skin where nothing near says how they look on other skin."""
    passages = guide.passages
    for place, passage in enumerate(passages):
        found = pattern("skin_signs").search(passage.text)
        if found is None or passage.kind in {"heading", "note", "term"}:
            continue
        near = passages[max(0, place - 1) : place + 2]
        if not any(_names_skin(each, passage) for each in near):
            message = (
                "looks different on brown and black skin, or cannot be seen there. Say "
                "how, or name what can be felt: heat, swelling, pain."
            )
            yield Found(message, passage.line_at(found.start()), found[0])


def _names_skin(near: Passage, passage: Passage) -> bool:
    return near.section == passage.section and bool(
        pattern("skin_tones").search(near.text)
    )


RULES = (
    Rule(
        "plain-words",
        Severity.WARNS,
        "A clinical word that has a plain twin is replaced by it, or explained once.",
        "CDC, Everyday Words for Public Health Communication; A to Z of NHS health "
        "writing",
        plain_words,
        good=Example("You may have high blood pressure (hypertension)."),
        bad=Example("You may have hypertension."),
    ),
    Rule(
        "abbreviation",
        Severity.WARNS,
        "An abbreviation is explained where it is first used.",
        "NHS digital service manual, content style guide: abbreviations and acronyms",
        abbreviation,
        good=Example("You may need an MRI (magnetic resonance imaging)."),
        bad=Example("You may need an MRI."),
    ),
    Rule(
        "skin-tone",
        Severity.WARNS,
        "A sign on the skin is described for more than one skin color.",
        "Wounds International, Wound care and skin tone, consensus document, 2023",
        skin_tone,
        good=Example("The skin turns red. On brown or black skin this is hard to see."),
        bad=Example("Call if you notice redness around the wound."),
    ),
)
