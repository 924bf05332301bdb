"""A reader reports an error; the directory manager deals with it or says why not."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.models import ErrorReport, Organization, Practitioner
from directory.permissions import require

# What a correction can set right; the rest is for the files' owners.
FIELDS = {
    (Organization, ErrorReport.Kind.PHONE): "phone",
    (Organization, ErrorReport.Kind.GONE): "name",
    (Practitioner, ErrorReport.Kind.ADDRESS): "gone",
    (Practitioner, ErrorReport.Kind.PHONE): "phone",
    (Practitioner, ErrorReport.Kind.GONE): "gone",
    (Practitioner, ErrorReport.Kind.OTHER): "last_name",
}
OF_HOSPITALS = {
    ErrorReport.Kind.ADDRESS: "The address",
    ErrorReport.Kind.PHONE: "The telephone number",
    ErrorReport.Kind.GONE: "Closed, or has another name now",
    ErrorReport.Kind.OTHER: "Something else",
}


def kinds_for(target: Practitioner | Organization) -> list[tuple[str, str]]:
    """Return what can be wrong about a doctor or a hospital, as (value, words)."""
    if isinstance(target, Practitioner):
        return [(kind.value, kind.label) for kind in ErrorReport.Kind]
    return [(kind.value, words) for kind, words in OF_HOSPITALS.items()]


def report_error(
    *, target: Practitioner | Organization, kind: str, words: str
) -> ErrorReport:
    """Put what a reader says into the queue: anybody may."""
    is_person = isinstance(target, Practitioner)
    name = "practitioner" if is_person else "organization"
    return ErrorReport.objects.create(kind=kind, words=words, **{name: target})


@transaction.atomic
def settle(*, report: ErrorReport, state: str, note: str, by: User | None) -> None:
    """Mark a report as dealt with or refused, or as new again.

    Raises ValidationError for a refusal without a reason.
    """
    require(by, "directory.change_errorreport")
    report.state, report.note = state, note
    report.clean()
    is_new = state == ErrorReport.State.NEW
    report.settled_at = None if is_new else timezone.now()
    report.settled_by = None if is_new else by
    report.save()


def field_to_correct(report: ErrorReport) -> str:
    """Return the field that a correction would most likely set, or nothing."""
    return FIELDS.get((type(report.target), ErrorReport.Kind(report.kind)), "")
