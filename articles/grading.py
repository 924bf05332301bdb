"""The reading grade of a text, kept with it: counting takes longer than a page may."""

from articles.checks.guide import read_guide
from articles.markdown import Rendered, render
from articles.models import Revision
from articles.readability import score


def grade_of(rendered: Rendered) -> float | None:
    """Return the Flesch-Kincaid grade of the running text; None without words."""
    found = score(each.text for each in read_guide(rendered).sentences)
    return round(found.grade, 1) if found.words else None


def grade_older_texts() -> str:
    """Grade public texts that were stored before grades were kept."""
    graded = 0
    for revision in Revision.objects.published().filter(grade=None).order_by("pk"):
        revision.grade = grade_of(render(revision.source))
        revision.save(update_fields=["grade"])
        graded += revision.grade is not None
    return f"{graded} graded"
