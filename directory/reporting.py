"""A reader reports an error; the directory manager deals with it or says why not."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from directory.models import ErrorReport, Organization, Practitioner
from directory.permissions import require
from directory.public_forms import AGAIN_WITHIN, one_at_a_time

FORM = "error report"

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


@transaction.atomic
def report_error(
    *, target: Practitioner | Organization, kind: str, words: str
) -> ErrorReport:
    """Put what a reader says into the queue, once for two clicks: anybody may."""
    name = "practitioner" if isinstance(target, Practitioner) else "organization"
    one_at_a_time(f"{FORM} {name}", target.pk)
    said = just_said(target=target, kind=kind, words=words)
    if said is not None:
        return said
    return ErrorReport.objects.create(kind=kind, words=words, **{name: target})


def just_said(
    *, target: Practitioner | Organization, kind: str, words: str
) -> ErrorReport | None:
    """Return the equal report that came in a moment ago."""
    reports = ErrorReport.objects.about(target)
    return reports.same(kind, words, since=timezone.now() - AGAIN_WITHIN).first()


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
