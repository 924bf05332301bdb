"""A world of at most twelve guides, and what editors, imports and time do to it.

It begins with three public guides that link to one another and to the directory:
otherwise most acts would find nothing to act on.
"""

import datetime
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st

from articles.addresses import (
    delete_article,
    merge_article,
    rename_article,
    rename_topic,
)
from articles.importing import ImportArticlesError, import_folder, remove_demo
from articles.models import Article, Publication, SignOff, Topic
from articles.publishing import NotPublishableError
from articles.restoring import restore
from articles.reviewing import revoke
from articles.withdrawing import cancel_plans, withdraw
from directory.by_hand.correcting import correct
from directory.by_hand.deletion import StillInUseError, StillLinkedError, delete
from directory.by_hand.mapping import map_orphan, unmap_orphan
from directory.by_hand.renaming import rename_specialization
from directory.imports.counts import rebuild_counts
from directory.models import (
    Correction,
    Organization,
    Place,
    Practice,
    Practitioner,
    Specialization,
)
from tests.articles.factories import (
    DAY,
    make_draft,
    make_public,
    make_reviewer,
    make_revision,
    make_topic,
    take_back,
)
from tests.factories import (
    make_doctor,
    make_family,
    make_hospital,
    make_place,
    make_specialization,
)

SLUGS = [f"guide-{number}" for number in range(12)]
FIELDS = ["cardiology", "hearts", "neurology"]
FIXED_KEYS = [
    "specialization:cardiology",
    "specialization:hearts",
    "doctors:neurology/tx",
    "doctors:cardiology",
    "doctors:cardiology/tx",
    "doctors:cardiology/tx/houston",
    "page:specializations",
    "hospital:450001",
    "hospital:450002",
    "hospital:450009",
    "doctor:9900000011",
]
slugs = st.sampled_from(SLUGS)
guides = st.integers(0, 11)  # one of those that there are by then
FIRST_KEYS = [
    *(f"article:{slug}" for slug in SLUGS[:3]),
    "specialization:cardiology",
    "doctors:cardiology/tx/houston",
    "hospital:450009",
    "doctor:9900000011",
]
keys = st.one_of(slugs.map("article:{}".format), st.integers(0, 10).map(str))
fields = st.sampled_from(FIELDS)
OPERATIONS = st.one_of(
    st.tuples(st.just("publish"), slugs, st.lists(keys, max_size=4)),
    st.tuples(st.just("draft"), slugs, st.lists(keys, max_size=4)),
    st.tuples(st.just("unpublish"), guides),
    st.tuples(st.just("schedule"), slugs, st.lists(keys, max_size=2)),
    st.tuples(
        st.just("withdraw"), guides, st.sampled_from(Publication.WITHDRAWN), guides
    ),
    st.tuples(st.just("plan_to_withdraw"), guides, guides),
    st.tuples(st.just("take_plans_back"), guides),
    st.tuples(st.just("let_days_pass")),
    st.tuples(st.just("revoke"), guides),
    st.tuples(st.just("restore"), guides),
    st.tuples(st.just("rename"), guides, slugs),
    st.tuples(st.just("merge"), guides, guides),
    st.tuples(st.just("delete"), guides, st.none() | guides),
    st.tuples(
        st.just("import_files"),
        st.dictionaries(slugs, st.lists(keys, max_size=2), min_size=1, max_size=3),
        st.booleans(),
    ),
    st.tuples(st.just("remove_demo")),
    st.tuples(st.just("rename_field"), fields, fields),
    st.tuples(st.just("delete_field"), fields, st.none() | fields),
    st.tuples(
        st.just("delete_row"),
        st.sampled_from([Practitioner, Organization, Place]),
        st.integers(0, 2),
        st.booleans(),
    ),
    st.tuples(st.just("rename_topic"), st.sampled_from(["hearts", "heart"])),
    st.tuples(st.just("delete_topic")),
    st.tuples(st.just("move_rung"), fields, st.booleans()),
    st.tuples(st.just("say_which_hospital_it_is"), st.booleans()),
    st.tuples(st.just("name_doctor"), st.sampled_from(["Ada", "Eve"])),
    st.tuples(st.just("release"), st.booleans(), st.booleans(), st.booleans()),
)


REFUSALS = (
    ImportArticlesError,
    NotPublishableError,
    ObjectDoesNotExist,
    StillInUseError,
    StillLinkedError,
    ValidationError,
)


def begin() -> None:
    """Make the world as it is before anything happens."""
    cardiology = make_specialization()
    make_specialization("Neurology", "Neurologist")
    hospital = make_hospital(ccn="450001")
    make_hospital("Second Hospital", ccn="450002")
    make_hospital("Hospital without a name", ccn="450009", is_stub=True)
    make_doctor(
        npi="9900000011",
        does=(cardiology,),
        at=(make_place(),),
        hospitals=(hospital,),
    )
    rebuild_counts()
    for slug in SLUGS[:3]:
        make_draft(slug)
    for article in Article.objects.all():
        make_public(make_revision(article, write(FIRST_KEYS)))


def write(keys: list[str]) -> str:
    """Return a text with a link for each key; numbers stand for the directory."""
    written = [FIXED_KEYS[int(key)] if key.isdigit() else key for key in keys]
    return "\n\n".join(f"[link {n}]({key})" for n, key in enumerate(written))


@dataclass
class World:
    """What happens to it, and every address that was ever public."""

    addresses: set[str] = field(default_factory=set)
    field_addresses: set[str] = field(default_factory=set)

    def act(self, name: str, *arguments: object) -> None:
        """Do one thing; what is refused changes nothing."""
        try:
            with transaction.atomic():
                getattr(self, name)(*arguments)
        except REFUSALS:
            pass
        self.field_addresses |= {
            each.get_absolute_url() for each in Specialization.objects.listed()
        }
        self.addresses |= {
            each.get_absolute_url() for each in Article.objects.published()
        }

    def draft(self, slug: str, keys: list[str]) -> Article:
        text = write(keys)
        article = Article.objects.filter(slug=slug).first()
        if article is None:
            return make_draft(slug, text)
        make_revision(article, text)
        return article

    def publish(self, slug: str, keys: list[str]) -> None:
        article = self.draft(slug, keys)
        make_public(article.latest_revision())

    def guide(self, number: int) -> Article:
        """Return one of the guides that there are: nearly every act finds one."""
        found = Article.objects.order_by("pk")
        if not found:
            raise Article.DoesNotExist
        return found[number % len(found)]

    def unpublish(self, number: int) -> None:
        take_back(self.guide(number))

    def schedule(self, slug: str, keys: list[str]) -> None:
        article = self.draft(slug, keys)
        tomorrow = timezone.now() + datetime.timedelta(days=1)
        make_public(article.latest_revision(), tomorrow)

    def withdraw(self, number: int, way: Publication.Ending, other: int) -> None:
        leads_on = way == Publication.Ending.SUCCESSOR
        withdraw(
            article=self.guide(number),
            way=way,
            reason="It was wrong.",
            successor=self.guide(other) if leads_on else None,
            by=None,
        )

    def plan_to_withdraw(self, number: int, other: int) -> None:
        withdraw(
            article=self.guide(number),
            way=Publication.Ending.SUCCESSOR,
            reason="It will be old.",
            successor=self.guide(other),
            at=timezone.now() + datetime.timedelta(days=1),
            by=None,
        )

    def take_plans_back(self, number: int) -> None:
        cancel_plans(article=self.guide(number), by=None)

    def let_days_pass(self) -> None:
        """Move everything two days back, so that what is planned comes due."""
        days = datetime.timedelta(days=2)
        for each in Publication.objects.order_by("public_from"):  # none meets another
            until = each.public_until and each.public_until - days
            Publication.objects.filter(pk=each.pk).update(
                public_from=each.public_from - days, public_until=until
            )

    def revoke(self, number: int) -> None:
        valid = SignOff.objects.valid().filter(revision__article=self.guide(number))
        revoke(sign_off=valid.latest("pk"), reason="It is wrong.", by=None)

    def restore(self, number: int) -> None:
        first = self.guide(number).revisions.earliest("pk")
        make_public(restore(revision=first, by=None))

    def rename(self, number: int, slug: str) -> None:
        rename_article(article=self.guide(number), slug=slug, by=None)

    def merge(self, number: int, other: int) -> None:
        merge_article(article=self.guide(number), into=self.guide(other), by=None)

    def delete(self, number: int, other: int | None) -> None:
        replacement = None if other is None else self.guide(other)
        delete_article(article=self.guide(number), replacement=replacement, by=None)

    def import_files(self, texts: dict[str, list[str]], is_demo: bool) -> None:
        make_reviewer()
        with TemporaryDirectory() as name:
            for slug, keys in texts.items():
                head = (
                    f"---\ntitle: {slug}\nkind: health\n"
                    "reviewer: rae-reviewer\nreviewed_on: 2026-11-01\n---\n\n"
                )
                Path(name, f"{slug}.md").write_text(head + write(keys))
            import_folder(Path(name), is_demo=is_demo, on=DAY)

    def remove_demo(self) -> None:
        remove_demo()

    def rename_field(self, slug: str, other: str) -> None:
        found = Specialization.objects.get(slug=slug)
        rename_specialization(specialization=found, slug=other, by=None)

    def delete_field(self, slug: str, other: str | None) -> None:
        found = Specialization.objects.get(slug=slug)
        replacement = Specialization.objects.get(slug=other) if other else None
        delete(target=found, replacement=replacement, by=None)
        if replacement is None:
            self.field_addresses.clear()  # what nobody linked to is gone

    def delete_row(
        self,
        model: type[Practitioner | Organization | Place],
        number: int,
        is_replaced: bool,
    ) -> None:
        found = list(model.objects.order_by("pk"))
        if not found:
            raise model.DoesNotExist
        target = found[number % len(found)]
        other = model.objects.exclude(pk=target.pk).first() if is_replaced else None
        delete(target=target, replacement=other, by=None)

    def rename_topic(self, slug: str) -> None:
        """Give every guide one topic, at this address."""
        topic = Topic.objects.first() or make_topic(slug="hearts")
        topic.articles.set(Article.objects.all())
        rename_topic(topic=topic, slug=slug, by=None)

    def delete_topic(self) -> None:
        Topic.objects.get().delete()

    def move_rung(self, slug: str, is_family: bool) -> None:
        """Import a tree in which a rung stands higher, or where it stood before."""
        found = Specialization.objects.filter(slug=slug)
        if is_family:
            found.update(level="family", parent=None)
        else:
            found.update(level="specialization", parent=make_family())
        rebuild_counts()

    def say_which_hospital_it_is(self, is_known: bool) -> None:
        orphan = Organization.objects.get(ccn="450009")
        if is_known:
            hospital = Organization.objects.get(ccn="450001")
            map_orphan(orphan=orphan, hospital=hospital, by=None)
        else:
            unmap_orphan(orphan=orphan, by=None)

    def name_doctor(self, name: str) -> None:
        doctor = Practitioner.objects.get(npi="9900000011")
        of_doctor = Correction.objects.filter(practitioner=doctor).first()
        correction = of_doctor or Correction(practitioner=doctor, field="first_name")
        correction.value = name
        correct(correction=correction, by=None)

    def release(self, has_doctor: bool, has_hospital: bool, has_city: bool) -> None:
        """Import a release that has these rows or lacks them."""
        gone = timezone.now()
        Practitioner.objects.update(retired_at=None if has_doctor else gone)
        Organization.objects.update(retired_at=None if has_hospital else gone)
        place = make_place("Houston", "TX") if has_city else make_place("Boston", "MA")
        for practice in Practice.objects.select_related("location"):
            practice.location.place = place
            practice.location.save()
        rebuild_counts()
