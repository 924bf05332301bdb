"""How hard the guide is to read: sentences, paragraphs, grade, passive voice."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from articles.checks.guide import Guide
from articles.checks.rule import Example, Facts, Found, Rule, Severity
from articles.checks.word_lists import lines
from articles.readability import Score, hardest, score
from articles.sentences import words

LONG_SENTENCE = 20
VERY_LONG_SENTENCE = 40
LISTED = 10
LONG_PARAGRAPH = 3
HIGHEST_GRADE = 8.0
GOOD_GRADE = 6.0
# A hint on fewer words than this says more about one name than about a section.
SECTION_WORDS = 50
BE = r"(?:am|are|is|was|were|be|been|being|(?:is|are|was|were)n['’]t)"
BETWEEN = r"(?:\s+(?:not|also|often|always|never|only|usually|sometimes|\w+ly))?"


def sentence_length(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find the longest sentences, longest first; all that are very long."""
    counted = [(len(words(each.text)), each) for each in guide.sentences]
    counted.sort(key=lambda pair: -pair[0])
    for place, (count, sentence) in enumerate(counted):
        if count <= LONG_SENTENCE:
            return
        if place < LISTED or count > VERY_LONG_SENTENCE:
            message = (
                f"has {count} words. Make two sentences of it, or a list: people under "
                f"stress lose the thread after {LONG_SENTENCE}."
            )
            yield Found(message, sentence.line, sentence.text)


def paragraph_length(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find paragraphs that look like a wall on a phone."""
    for passage in guide.of_kind("paragraph"):
        if len(passage.sentences) > LONG_PARAGRAPH:
            message = (
                f"is a paragraph of {len(passage.sentences)} sentences. More than "
                f"{LONG_PARAGRAPH} look like a wall on a phone."
            )
            yield Found(message, passage.line, passage.sentences[0].text)


def reading_grade(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Grade the guide; above 6, name its worst five sentences and hard sections."""
    whole = score(each.text for each in guide.sentences)
    if whole.grade > HIGHEST_GRADE:
        yield Found(f"{_in_words(whole)} Aim for {HIGHEST_GRADE:.0f} or lower.")
    elif whole.grade > GOOD_GRADE:
        message = f"{_in_words(whole)} {GOOD_GRADE:.0f} is better where it is possible."
        yield Found(message, severity=Severity.INFORMS)
    else:
        return
    yield from _worst_sentences(guide)
    yield from _hard_sections(guide)


def _in_words(whole: Score) -> str:
    smog = f" (SMOG: {whole.smog:.1f})" if whole.smog else ""
    return f"The guide reads at grade {whole.grade:.1f} by Flesch-Kincaid{smog}."


def _worst_sentences(guide: Guide) -> Iterator[Found]:
    where = {each.text: each.line for each in reversed(guide.sentences)}
    for sentence in hardest(where):
        message = "is one of the five sentences that are hardest to read."
        yield Found(message, where[sentence], sentence, Severity.INFORMS)


def _hard_sections(guide: Guide) -> Iterator[Found]:
    by_section: dict[int, list[str]] = defaultdict(list)
    for passage in guide.running:
        by_section[passage.section] += [each.text for each in passage.sentences]
    for number, heading in enumerate(guide.of_kind("heading"), start=1):
        part = score(by_section[number])
        if part.grade > HIGHEST_GRADE and part.words >= SECTION_WORDS:
            message = f"is a section that reads at grade {part.grade:.1f}."
            yield Found(message, heading.line, heading.text, Severity.INFORMS)


def passive(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find a form of “be” with a participle, which hides who does it."""
    adjectives = set(lines("not_passive"))
    for sentence in guide.sentences:
        for found in _passive().finditer(sentence.text):
            if found["participle"].lower() not in adjectives:
                message = "is passive. Who does it? Say so if it matters to the reader."
                yield Found(message, sentence.line, found[0])


@cache
def _passive() -> re.Pattern[str]:
    irregular = "|".join(lines("participles"))
    participle = rf"(?P<participle>\w{{2,}}ed|{irregular})"
    return re.compile(rf"\b{BE}{BETWEEN}\s+{participle}\b", re.IGNORECASE)


RULES = (
    Rule(
        "sentence-length",
        Severity.WARNS,
        "Sentences have at most 20 words. The ten longest are listed, and all with "
        "more than 40.",
        "Federal plain language guidelines: short sentences; the number is this site's",
        sentence_length,
        good=Example("Ask how long you can wait. Write the answer down."),
        bad=Example(
            "Before you leave the hospital, somebody from the ward should tell you "
            "which of your usual medicines you can take again and from when."
        ),
    ),
    Rule(
        "paragraph-length",
        Severity.INFORMS,
        "Paragraphs have at most three sentences.",
        "Federal plain language guidelines: short paragraphs; the number is this "
        "site's",
        paragraph_length,
        good=Example("You wake up. Your leg feels heavy. That is normal."),
        bad=Example("You wake up. Your leg feels heavy. That is normal. It will pass."),
    ),
    Rule(
        "reading-grade",
        Severity.WARNS,
        "The guide reads at grade 8 or lower (Flesch-Kincaid), better 6. The score is "
        "a hint: formulas differ by grades on the same text.",
        "Kincaid and colleagues, 1975; McLaughlin, 1969; this site's content rules",
        reading_grade,
        good=Example("You can ask for help. Your doctor will not mind."),
        bad=Example(
            "Comprehensive preoperative evaluation necessitates multidisciplinary "
            "consideration of perioperative cardiovascular complications."
        ),
    ),
    Rule(
        "passive",
        Severity.INFORMS,
        "Sentences say who does what.",
        "Federal plain language guidelines: active voice",
        passive,
        good=Example("A nurse removes the stitches."),
        bad=Example("The stitches are removed."),
    ),
)
