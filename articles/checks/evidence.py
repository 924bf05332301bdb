"""What a guide rests on: sources, people, review; and how it is announced."""

import datetime
from collections.abc import Iterator

from articles.checks.guide import Guide
from articles.checks.rule import (
    Example,
    Facts,
    Found,
    People,
    Person,
    Review,
    Rule,
    Severity,
    SourceFact,
)

FEWEST_SOURCES = 2
OLD_AFTER_YEARS = 5
NO_REVIEWER = "No medical reviewer is named."
DESCRIPTION = range(70, 161)
LONGEST_TITLE = 65

TODAY = datetime.date(2026, 11, 2)
WRITER = Person("Ada Example", "", "None.")
DOCTOR = Person("Rob Example", "MD", "None.")


def sources(guide: Guide, facts: Facts) -> Iterator[Found]:
    """Find too few sources, one without a year, a note that nothing refers to."""
    for problem in guide.problems:
        if problem.code == "note-unused":
            yield Found(problem.message, problem.line)
    given = facts.sources or ()
    if len(given) < FEWEST_SOURCES:
        yield Found(
            f"The guide gives {len(given)} of the {FEWEST_SOURCES} sources that every "
            "health guide needs at least."
        )
    for each in given:
        if each.year is None:
            yield Found("is a source without a year.", passage=each.name)


def source_age(_guide: Guide, facts: Facts) -> Iterator[Found]:
    """Find sources older than five years."""
    this_year = facts.today.year if facts.today else 0
    for each in facts.sources or ():
        if each.year is not None and this_year - each.year > OLD_AFTER_YEARS:
            yield Found(
                f"is from {each.year}. Is there a newer one?", passage=each.name
            )


def people(_guide: Guide, facts: Facts) -> Iterator[Found]:
    """Find that nobody stands for the text, or not well enough."""
    assert facts.people is not None  # noqa: S101 the rule needs it
    author, reviewer = facts.people.author, facts.people.reviewer
    if author is None:
        yield Found("No author is named.")
    if reviewer is None:
        yield Found(NO_REVIEWER)
    elif not reviewer.credential:
        yield Found("reviews without a credential.", passage=reviewer.name)
    if author and reviewer and author.name == reviewer.name:
        yield Found("is author and reviewer of the same text.", passage=author.name)
    for person in filter(None, (author, reviewer)):
        if not person.conflicts_of_interest:
            message = "has no statement on conflicts of interest, not even “None”."
            yield Found(message, passage=person.name)


def fresh(_guide: Guide, facts: Facts) -> Iterator[Found]:
    """Find a review that is due again; that there is none is ``people``'s to say."""
    review, today = facts.review, facts.publishing_on
    assert review is not None  # noqa: S101 the rule needs both
    assert today is not None  # noqa: S101
    if review.reviewed_on and review.due_on is not None and review.due_on <= today:
        yield Found(
            f"The medical review of {review.reviewed_on:%B %-d, %Y} was due again on "
            f"{review.due_on:%B %-d, %Y}."
        )


def description(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find what search results would cut off, or leave to chance."""
    length = len(guide.description)
    if length not in DESCRIPTION:
        yield Found(
            f"The description has {length} characters. Search results show "
            f"{DESCRIPTION.start} to {DESCRIPTION.stop - 1}."
        )
    if len(guide.title) > LONGEST_TITLE:
        yield Found(
            f"The title has {len(guide.title)} characters. At most {LONGEST_TITLE} are "
            "shown."
        )


def _sources(*years: int) -> Facts:
    given = [SourceFact(f"study-{year}", year) for year in years]
    return Facts(sources=given, today=TODAY)


def _review(reviewed_on: datetime.date, due_on: datetime.date) -> Facts:
    return Facts(review=Review(reviewed_on, due_on), publishing_on=TODAY)


RULES = (
    Rule(
        "sources",
        Severity.BLOCKS,
        "A health guide has at least two sources, each with its year, and its text "
        "refers to every note.",
        "HONcode, principle 4; this site's content rules",
        sources,
        good=Example(facts=_sources(2024, 2025), shown="Two sources, 2024 and 2025."),
        bad=Example(facts=_sources(2025), shown="One source."),
        health_only=True,
        needs=frozenset({"sources"}),
    ),
    Rule(
        "source-age",
        Severity.INFORMS,
        "A source older than five years: is there a newer one?",
        "This site's content rules",
        source_age,
        good=Example(facts=_sources(2021, 2025), shown="In 2026, a source of 2021."),
        bad=Example(facts=_sources(2020, 2025), shown="In 2026, a source of 2020."),
        needs=frozenset({"sources", "today"}),
    ),
    Rule(
        "people",
        Severity.BLOCKS,
        "A health guide names its author, a reviewer with a credential who is somebody "
        "else, and the conflicts of interest of both.",
        "HONcode, principles 1 and 8; this site's content rules",
        people,
        good=Example(
            facts=Facts(people=People(WRITER, DOCTOR)),
            shown="Written by Ada Example, reviewed by Rob Example, MD.",
        ),
        bad=Example(
            facts=Facts(people=People(WRITER, None)),
            shown="Written by Ada Example, reviewed by nobody.",
        ),
        health_only=True,
        needs=frozenset({"people"}),
    ),
    Rule(
        "fresh",
        Severity.BLOCKS,
        "A health guide is published with a medical review of this very text that is "
        "not due again. A public guide that comes due stays, with a notice.",
        "This site's content rules",
        fresh,
        good=Example(
            facts=_review(TODAY, TODAY + datetime.timedelta(365)),
            shown="Reviewed today, due in a year.",
        ),
        bad=Example(
            facts=_review(TODAY - datetime.timedelta(365), TODAY),
            shown="Reviewed a year ago, due today.",
        ),
        health_only=True,
        needs=frozenset({"review", "publishing_on"}),
    ),
    Rule(
        "description",
        Severity.WARNS,
        "The description has 70 to 160 characters, the title at most 65.",
        "This site's content rules",
        description,
        good=Example(
            description="What to expect after a knee replacement, week by week, and "
            "which signs need help at once."
        ),
        bad=Example(description="About knees."),
    ),
)
