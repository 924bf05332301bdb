"""Pictures and tables: what people hear who do not see them."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from articles.checks.guide import Guide
from articles.checks.rule import Example, Facts, Found, Rule, Severity

LONGEST_ALT = 125
FILE_NAME = re.compile(
    r"\S+\.(?:avif|gif|jpe?g|png|svg|webp)|(?:IMG|DSC|image)[_-]?\d+"
)
SAYS_NOTHING = frozenset({"alt", "figure", "image", "photo", "picture", "alt text"})


def alt_text(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find pictures with a caption but no description, or described by a file name."""
    for picture in guide.pictures:
        alt = picture.alt.strip()
        stem = PurePosixPath(picture.address).stem
        if not alt and picture.caption:
            message = (
                "This picture has a caption, so it does more than decorate. Describe "
                "in the brackets what it shows."
            )
            yield Found(message, picture.line, picture.caption)
        elif FILE_NAME.fullmatch(alt) or (alt and alt == stem):
            message = "is the name of a file. Describe what the picture shows."
            yield Found(message, picture.line, alt)
        elif alt.casefold() in SAYS_NOTHING:
            message = "does not say what the picture shows."
            yield Found(message, picture.line, alt)


def alt_length(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find descriptions that are a paragraph."""
    for picture in guide.pictures:
        if len(picture.alt) > LONGEST_ALT:
            message = (
                f"has {len(picture.alt)} characters. Describe a picture in at most "
                f"{LONGEST_ALT}; the rest belongs in the text."
            )
            yield Found(message, picture.line, picture.alt)


def picture_stored(guide: Guide, facts: Facts) -> Iterator[Found]:
    """Find pictures whose place on the page would stay empty."""
    for picture in guide.pictures:
        if picture.address in (facts.missing_pictures or ()):
            message = (
                "is no picture that is stored here: readers would see an empty frame. "
                "Upload it with the picture button."
            )
            yield Found(message, picture.line, picture.address)


def table_header(guide: Guide, _facts: Facts) -> Iterator[Found]:
    """Find columns without a name, but for the first, which names the rows."""
    for table in guide.tables:
        if not all(table.header[1:]) or not any(table.header):
            message = (
                "A column of this table has no name. Write one in the first line: it "
                "is read out before each cell."
            )
            yield Found(message, table.line, " | ".join(table.header).strip(" |"))


RULES = (
    Rule(
        "alt-text",
        Severity.BLOCKS,
        "A picture is described in its brackets, not by its file name. Empty brackets "
        "mean that it only decorates.",
        "WCAG 2.2, 1.1.1",
        alt_text,
        good=Example("![X-ray of a knee with an implant](/media/ab/knee.webp)"),
        bad=Example("![knee.webp](/media/ab/knee.webp)"),
    ),
    Rule(
        "alt-length",
        Severity.WARNS,
        "The description of a picture has at most 125 characters.",
        "This site's content rules",
        alt_length,
        good=Example("![X-ray of a knee with an implant](/media/ab/knee.webp)"),
        bad=Example(
            "![An X-ray that shows a left knee from the front and from the side, with "
            "the metal parts of the implant, the plastic between them, and the kneecap]"
            "(/media/ab/knee.webp)"
        ),
    ),
    Rule(
        "picture-stored",
        Severity.WARNS,
        "A picture was uploaded to this site and is still there.",
        "This site's content rules",
        picture_stored,
        good=Example(
            "![X-ray of a knee with an implant](/media/ab/knee.webp)",
            facts=Facts(missing_pictures=frozenset()),
        ),
        bad=Example(
            "![X-ray of a knee with an implant](/media/ab/knee.webp)",
            facts=Facts(missing_pictures=frozenset({"/media/ab/knee.webp"})),
            shown="A text from another site whose pictures did not come along.",
        ),
        needs=frozenset({"missing_pictures"}),
    ),
    Rule(
        "table-header",
        Severity.WARNS,
        "The first line of a table names its columns.",
        "WCAG 2.2, 1.3.1",
        table_header,
        good=Example("| What | When |\n|---|---|\n| Driving | About 6 weeks |"),
        bad=Example("| | |\n|---|---|\n| Driving | About 6 weeks |"),
    ),
)
