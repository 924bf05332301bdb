import re
from typing import Any

from django.db import migrations
from django.db.models import Q
from django.utils import timezone

COMPARED_WITH = re.compile(r"Wording, compared with revision (\d+)")
REVOKED = "Its medical review was taken back."


def take_back(apps: Any, schema_editor: Any) -> None:
    """Take back confirmations of wording whose medical review was taken back before.

    Until lately they stayed, and readers kept a text that its reviewer had called
    wrong. What comes after one goes with it: hence by the number of the text.
    """
    rows = apps.get_model("articles", "SignOff").objects
    events = apps.get_model("articles", "ReviewEvent").objects
    held = rows.filter(revoked_at=None).exclude(way="file").select_related("revision")
    for confirmation in held.order_by("revision__number", "pk"):
        found = COMPARED_WITH.fullmatch(confirmation.scope)
        if found is None:
            continue
        given = rows.filter(
            revision__article=confirmation.revision.article_id,
            revision__number=int(found[1]),
        )
        if confirmation.earlier_review_id:
            given = rows.filter(pk=confirmation.earlier_review_id)
        last = given.order_by("revoked_at").last()
        if last is None or given.filter(revoked_at=None).exists():
            continue
        now = timezone.now()
        _take_from_readers(confirmation, now)
        confirmation.revoked_at = now
        confirmation.revoked_because = last.revoked_because
        confirmation.save(update_fields=["revoked_at", "revoked_because"])
        events.create(
            revision=confirmation.revision,
            kind="revoked",
            at=now,
            who="an upgrade of this site",
            words=f"It rests on a sign-off of revision {found[1]}, which was taken "
            f"back: {last.revoked_because}",
        )


def _take_from_readers(confirmation: Any, now: Any) -> None:
    """End what is public and cancel what is planned, as ``revoke()`` does.

    A withdrawal keeps its own reason; one that was planned comes now.
    """
    told = confirmation.publications.exclude(ending="cancelled")
    ended = {"public_until": now, "ended_at": now, "ended_by": None}
    lasting = Q(public_until=None) | Q(public_until__gt=now)
    public = told.filter(lasting, public_from__lte=now)
    public.filter(ending__in=["", "replaced"]).update(
        **ended, ending="gone", reason=REVOKED
    )
    public.filter(public_until__gt=now).update(public_until=now)
    told.filter(ending="notice").update(ending="gone")
    for planned in told.filter(public_from__gt=now):
        planned.ending, planned.ended_at = "cancelled", now
        planned.public_until = planned.public_from
        planned.save(update_fields=["ending", "ended_at", "public_until"])
        others = planned.article.publications.filter(ending="replaced")
        others.filter(public_until=planned.public_from).update(
            ending="", public_until=None, ended_at=None, ended_by=None
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0033_confirmations_name_their_review"),
    ]

    operations = [
        migrations.RunPython(take_back, migrations.RunPython.noop),
    ]
