"""Numbers and risks, as people can compare them."""

import re
from collections.abc import Iterator

from articles.checks.guide import Guide, Passage
from articles.checks.rule import Example, Facts, Found, Rule, Severity
from articles.checks.word_lists import pattern

NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety)\b[ -](?:to \w+ )?"
    r"(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|people|patients|women|men|"
    r"children|percent|grams?|milligrams?|pounds?|inches|miles|degrees|tablets?|pills?)\b",
    re.IGNORECASE,
)
PERCENT = re.compile(r"\b\d+(?:\.\d+)?(?:\s?%|\s?percent\b)")
OUT_OF = re.compile(
    r"\b\d[\d,.]*(?: people| women| men)?,? (?:in|out of|of)(?: every)? "
    r"(?P<all>\d[\d,]*)\b(?!\s?%)"
)
HAS_NUMBER = re.compile(r"\d")


def numbers(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find number words, percentages, and risks out of different wholes."""
    for passage in guide.running:
        for found in NUMBER_WORD.finditer(passage.text):
            message = "is quicker to read in digits."
            yield Found(message, passage.line_at(found.start()), found[0])
        for found in PERCENT.finditer(passage.text):
            message = (
                "is hard to picture. Say how many people out of how many: 1 in 7, or "
                "14 out of 100."
            )
            yield Found(message, passage.line_at(found.start()), found[0])
        yield from _different_wholes(passage)


def _different_wholes(passage: Passage) -> Iterator[Found]:
    """Two risks of one sentence, out of different numbers."""
    for sentence in passage.sentences:
        risks = list(OUT_OF.finditer(sentence.text))
        if len({risk["all"] for risk in risks}) > 1:
            both = ", ".join(risk[0] for risk in risks)
            message = (
                "are risks out of different numbers. Use the same “out of” for all."
            )
            yield Found(message, sentence.line, both)


def vague_risk(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find words such as “rarely”, which every reader takes for another number."""
    for sentence in guide.sentences:
        found = pattern("vague_words").search(sentence.text)
        if found and not HAS_NUMBER.search(sentence.text):
            message = "has no number. Give one, if there is a source for it."
            yield Found(message, sentence.line, found[0])


RULES = (
    Rule(
        "numbers",
        Severity.INFORMS,
        "Numbers are digits, a risk is people out of people (“1 in 7”, not 14.3%), and "
        "two risks have the same “out of”.",
        "NHS digital service manual, content style guide: numbers; CDC Clear "
        "Communication Index: numbers and risk",
        numbers,
        good=Example("Of 100 people, 14 had pain with the pill and 20 without it."),
        bad=Example("1 in 7 people had pain, and without the pill it was 20 in 100."),
    ),
    Rule(
        "vague-risk",
        Severity.INFORMS,
        "Words such as “rarely” and “good chance” come with a number.",
        "This site's content rules",
        vague_risk,
        good=Example("It rarely happens: to 1 in 1,000 people."),
        bad=Example("This happens rarely."),
    ),
)
