"""An editor looked at what the content rules say; kept with the text."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.http import QueryDict

from articles.checks import RULES
from articles.models import Acknowledgement, Revision
from directory.permissions import require

REASON_LENGTH = 300


def ticked(form: QueryDict) -> dict[str, str]:
    """Return reasons by rule from a form's ticks and reasons; junk is left out."""
    looks = {rule: "" for rule in form.getlist("looked_at") if rule in RULES}
    for rule in RULES.values():
        typed = form.get(f"reason-{rule.id}", "")
        typed = typed.replace("\0", "")  # the database takes none
        reason = typed.strip()[:REASON_LENGTH]
        if rule.takes_a_reason and reason:
            looks[rule.id] = reason
    return looks


def is_about(form: QueryDict, revision: Revision) -> bool:
    """Whether the ticks of a form were made at this very text."""
    return bool(form.get("looked_at_digest") == revision.digest)


@transaction.atomic
def acknowledge(
    *, revision: Revision, looks: Mapping[str, str], by: User | None
) -> None:
    """Keep that somebody looked at these rules' findings in this very text.

    ``looks`` are reasons by rule, most of them blank. The first look stays, with who
    and when; a reason may be written anew. Raises PermissionDenied.
    """
    require(by, "articles.change_article")
    for rule, reason in looks.items():
        look, is_new = Acknowledgement.objects.get_or_create(
            article=revision.article,
            digest=revision.digest,
            rule=rule,
            defaults={"reason": reason, "looked_by": by},
        )
        if reason and not is_new and look.reason != reason:
            look.reason, look.looked_by = reason, by
            look.save(update_fields=["reason", "looked_by"])
