"""What public guides link to does not vanish under them."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from articles.models import CrossLink, FormerSlug
from articles.shown_links import links_of
from directory.by_hand.deletion import StillInUseError, StillLinkedError, delete
from directory.imports import specializations
from directory.models import (
    Place,
    Practitioner,
    PractitionerCount,
    Specialization,
    SpecializationCode,
)
from tests.articles.factories import (
    make_draft,
    make_guide,
    make_topic,
    make_user,
    take_back,
)
from tests.directory.imports.test_specializations import entry, tree
from tests.factories import (
    count_doctors,
    make_doctor,
    make_family,
    make_hospital,
    make_place,
    make_specialization,
)

pytestmark = pytest.mark.django_db
__all__ = ["tree"]  # a fixture


def city() -> Place:
    doctor = make_doctor(does=(make_specialization(),), at=(make_place("Dallas"),))
    count_doctors()
    doctor.practices.all().delete()
    Place.objects.get(slug="dallas").locations.all().delete()
    return Place.objects.get(slug="dallas")


# what can go -> how a text writes it, the row, another one, and how a form names that
Case = tuple[str, Callable[[], Any], Callable[[], Any], Callable[[Any], str]]
CASES: dict[str, Case] = {
    "specialization": (
        "specialization:cardiology",
        make_specialization,
        lambda: make_specialization("Neurology", "Neurologist"),
        lambda other: str(other.pk),
    ),
    "hospital": (
        "hospital:450001",
        lambda: make_hospital("Old Hospital", ccn="450001"),
        lambda: make_hospital("New Hospital", ccn="450002"),
        lambda other: other.ccn,
    ),
    "doctor": (
        "doctor:9900000011",
        lambda: make_doctor("Old", npi="9900000011"),
        lambda: make_doctor("New", npi="9900000029"),
        lambda other: other.npi,
    ),
    "place": (
        "doctors:cardiology/tx/dallas",
        city,
        lambda: make_place("Austin"),
        lambda other: str(other.pk),
    ),
}


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> Case:
    return CASES[request.param]


def page_of(target: Any, name: str) -> str:
    return reverse(
        f"admin:directory_{target._meta.model_name}_{name}", args=[target.pk]
    )


@pytest.fixture
def manager(client: Client) -> Client:
    user = make_user("Directory manager", "Editor")
    user.user_permissions.set(Permission.objects.filter(codename__startswith="delete_"))
    client.force_login(user)
    return client


def test_no_row_is_deleted_under_a_public_guide(case: Case) -> None:
    written, make, *_ = case
    target = make()
    make_guide("a", f"To [it]({written}).")

    for act in (
        target.delete,
        type(target).objects.all().delete,
        lambda: delete(target=target, replacement=None, by=None),
    ):
        with pytest.raises((ProtectedError, StillLinkedError)) as refusal:
            act()
        named = getattr(refusal.value, "articles", None)
        named = named or refusal.value.protected_objects
        assert "a" in {each.slug for each in named}

    assert type(target).objects.filter(pk=target.pk).exists()


def test_a_link_of_a_draft_or_an_old_text_lets_its_target_go(case: Case) -> None:
    written, make, *_ = case
    target = make()
    texts = [
        make_draft("draft", f"To [it]({written})."),
        make_guide("a", f"To [it]({written})."),
    ]
    take_back(texts[1])

    delete(target=target, replacement=None, by=None)

    links = [links_of(each.latest_revision())[0] for each in texts]
    assert [link.is_resolved for link in links] == [False, False]
    assert [link.public_url() for link in links] == [None, None]


def test_a_directory_manager_takes_a_specialization_out(client: Client) -> None:
    client.force_login(make_user("Directory manager"))
    target, hospital = make_specialization(), make_hospital()

    client.post(page_of(target, "delete"))

    assert not Specialization.objects.filter(pk=target.pk).exists()
    assert client.post(page_of(hospital, "delete")).status_code == 403


def test_what_is_made_up_may_go(client: Client) -> None:
    make_doctor(npi="9900000011", is_demo=True)
    make_guide("a", "To [it](doctor:9900000011).")

    Practitioner.objects.all().delete()

    assert "To it." in client.get("/articles/a/").text


def test_the_admin_names_the_guides_and_asks_for_a_replacement(
    case: Case, manager: Client
) -> None:
    written, make, make_other, name_of = case
    target, other = make(), make_other()
    guide = make_guide("a", f"To [it]({written}).", title="The linking guide")
    address = page_of(target, "delete")

    shown = manager.get(page_of(target, "change")).text
    asked = manager.get(address).text
    refused = manager.post(address).text
    unknown = manager.post(address, {"replacement": "999999"}).text
    manager.post(address, {"replacement": name_of(other)})

    for page in (shown, asked, refused):
        assert ">The linking guide</a>" in page
    assert "Not deleted: choose where its links lead." in refused
    assert "There is no such one to lead to." in unknown
    assert not type(target).objects.filter(pk=target.pk).exists()
    link = guide.latest_revision().cross_links.get()
    assert other in {
        link.target_specialization,
        link.target_organization,
        link.target_practitioner,
        link.target_place,
    }


def test_the_admin_says_when_nothing_links_here(case: Case, manager: Client) -> None:
    target = case[1]()

    assert "<li>None.</li>" in manager.get(page_of(target, "change")).text
    manager.post(page_of(target, "delete"))

    assert not type(target).objects.filter(pk=target.pk).exists()


def test_who_may_not_delete_does_not(case: Case, client: Client) -> None:
    target = case[1]()
    user = make_user("Editor")
    client.force_login(user)

    assert client.get(page_of(target, "delete")).status_code == 403
    with pytest.raises(PermissionDenied):
        delete(target=target, replacement=None, by=user)


def test_a_row_that_is_gone_already_is_not_found(manager: Client) -> None:
    address = reverse("admin:directory_place_delete", args=[987654])

    assert manager.get(address).status_code == 404


def test_a_place_where_doctors_practise_stays(manager: Client) -> None:
    make_doctor(at=(make_place(),))
    place = Place.objects.get()

    page = manager.post(page_of(place, "delete")).text

    assert "Not deleted. The directory still has locations of it." in page
    with pytest.raises(StillInUseError):
        delete(target=place, replacement=None, by=None)


def test_a_city_is_replaced_by_one_of_its_state_only() -> None:
    place, other = make_place("Dallas"), make_place("Boston", "MA")

    with pytest.raises(ValidationError):
        delete(target=place, replacement=other, by=None)


def test_a_specialization_hands_over_all_that_stands_on_it(client: Client) -> None:
    old, new = make_specialization(), make_specialization("Hearts", "Heart doctor")
    make_specialization("Heart rhythm", "Rhythm doctor", old, is_coded=False)
    make_doctor(npi="9900000011", does=(old,), at=(make_place(),))
    make_doctor(npi="9900000029", does=(old, new))
    make_guide(
        "a",
        "To [them](doctors:cardiology/tx/houston), [what](specialization:cardiology).",
    )
    count_doctors()

    delete(target=old, replacement=new, by=None)

    page = client.get("/articles/a/").text
    assert '<a href="/doctors/hearts/tx/houston/">them</a>' in page
    assert '<a href="/specializations/hearts/">what</a>' in page
    for address in ("/specializations/{}/", "/doctors/{}/tx/"):
        answer = client.get(address.format("cardiology"))
        assert (answer.status_code, answer.headers["Location"]) == (
            301,
            address.format("hearts"),
        )
    assert new.children.get().slug == "heart-rhythm"
    assert set(new.codes.values_list("code", flat=True)) == {"CARDIOLOGY", "HEARTS"}
    assert (
        PractitionerCount.objects.get(specialization=new, state="").practitioners == 2
    )
    both = Practitioner.objects.get(npi="9900000029")
    assert [one.slug for one in both.specializations.all()] == ["hearts"]


def test_a_sub_specialization_is_replaced_by_the_rung_above() -> None:
    above = make_specialization()
    rung = make_specialization("Heart rhythm", "Rhythm doctor", above)
    make_guide("a", "To [it](specialization:heart-rhythm).")

    delete(target=rung, replacement=above, by=None)

    assert CrossLink.objects.get().target_specialization == above


def test_no_list_promises_a_doctor_who_was_deleted(client: Client) -> None:
    only = make_doctor(does=(make_specialization(),), at=(make_place(),))
    make_guide("a", "To [all](doctors:cardiology), [here](doctors:cardiology/tx).")
    count_doctors()

    delete(target=only, replacement=None, by=None)

    page = client.get("/articles/a/").text
    assert '<a href="/doctors/cardiology/">all</a>, here.' in page
    assert client.get("/doctors/cardiology/").status_code == 200


@pytest.mark.parametrize("other", ["family", "sub-specialization", "itself"])
def test_a_specialization_is_not_replaced_by_another_level(other: str) -> None:
    old = make_specialization()
    others = {
        "family": make_family("Nerves"),
        "sub-specialization": make_specialization("Rhythm", "Doctor", old),
        "itself": old,
    }

    with pytest.raises(ValidationError):
        delete(target=old, replacement=others[other], by=None)


def test_an_import_does_not_bring_back_what_was_given_up(tree: Callable) -> None:
    code = 'cms_specialties = ["UROLOGY"]'
    entries = [
        entry("old", "specialization", "hearts", code),
        entry("below", "sub-specialization", "old"),
        entry("new", "specialization", "hearts"),
    ]
    tree(*entries)
    specializations.load()
    old, new = (Specialization.objects.get(slug=slug) for slug in ("old", "new"))
    delete(target=old, replacement=new, by=None)
    tree(*entries, "# changed")

    report = specializations.load()

    assert report.changes.created == 0
    assert report.changes.total == report.read == 4
    assert SpecializationCode.objects.get(code="UROLOGY").specialization == new
    assert Specialization.objects.get(slug="below").parent == new
    assert Specialization.objects.get(slug="new").name == "new"


def joined(html: str) -> str:
    """Return HTML without the blanks beside its tags."""
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", html)


def test_who_deletes_a_topic_reads_which_guides_have_it(admin_client: Client) -> None:
    topic, empty = make_topic("Hearts"), make_topic("Lungs")
    make_guide("a", title="Before the operation").topics.add(topic)
    FormerSlug.objects.create(slug="old-hearts", topic=topic)

    page = admin_client.get(reverse("admin:articles_topic_delete", args=[topic.pk]))
    several = admin_client.post(
        reverse("admin:articles_topic_changelist"),
        {"action": "delete_selected", "_selected_action": [topic.pk, empty.pk]},
    )

    below = (
        "<ul><li>from the guide “Before the operation”</li>"
        "<li>with the address “old-hearts”, which led to it</li></ul>"
    )
    assert f"<li>Hearts{below}</li></ul>" in joined(page.text)
    assert f"<li>Hearts{below}</li><li>Lungs</li></ul>" in joined(several.text)
