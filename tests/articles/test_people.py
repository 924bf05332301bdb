"""Who wrote and who reviewed: a list, a page each, and what they have at stake."""

import datetime
import json
import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.accounts import HELD, HELD_BUT_FOR_THEM, link_account, save_person
from articles.models import Article, Contributor, SignOff
from tests.articles.by_link import ask_for_review, code_by_mail, signing
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_revision,
    make_user,
    take_back,
)
from tests.reading import read, words

pytestmark = pytest.mark.django_db


def words_at(client: Client, address: str) -> str:
    return words(read(client, address))


def reviewer(**fields: object) -> Contributor:
    return make_contributor(
        "Rob Reviewer", **{"credential": "MD", "slug": "rob"} | fields
    )


def test_the_list_names_everybody_with_a_public_text(client: Client) -> None:
    author = make_contributor("Ada Author", role="author")
    make_guide("a", author=author, reviewer=reviewer(role="reviewer"))
    gone = make_guide("b", author=make_contributor("Gone Author"))
    take_back(gone)
    make_draft("c", author=make_contributor("Draft Author"))

    page = words_at(client, "/people/")

    assert "Ada Author Author" in page
    assert "Rob Reviewer, MD Reviewer" in page
    assert "Gone Author" not in page
    assert "Draft Author" not in page
    assert "made up" not in page


def test_accents_do_not_move_a_name_behind_z(client: Client) -> None:
    names = ("Eva Early", "Éva O’Neil", "Zoe Late")
    for number, name in enumerate(names):
        make_guide(f"guide-{number}", author=make_contributor(name))

    page = client.get("/people/").content.decode()

    places = [page.index(name) for name in names]
    assert places == sorted(places)


def test_an_empty_list_says_so(client: Client) -> None:
    assert "Nobody is named yet" in words_at(client, "/people/")


def test_the_list_costs_the_same_for_many(
    client: Client, django_assert_num_queries
) -> None:
    for number in range(12):
        author = make_contributor(f"Author {number}")
        make_guide(f"guide-{number}", author=author, reviewer=None)

    with django_assert_num_queries(2):
        client.get("/people/")


def test_made_up_people_are_marked(client: Client) -> None:
    made_up = reviewer(is_demo=True)
    make_guide("a", reviewer=made_up, is_demo=True)

    pages = [words_at(client, address) for address in ("/people/", "/people/rob/")]

    assert "made up for the demonstration" in pages[0]
    assert "This person is made up for the demonstration." in pages[1]
    assert all("This page shows demonstration content." in page for page in pages)


def test_a_page_names_credential_role_and_only_public_work(client: Client) -> None:
    rob = reviewer(role="reviewer")
    make_guide("a", title="Hearts", reviewer=rob)
    make_guide("b", title="Knees", author=rob)
    make_draft("c", title="Secret", author=rob)
    take_back(make_guide("d", title="Wrong", reviewer=rob))

    page = words_at(client, "/people/rob/")

    assert "Credential MD Role Reviewer" in page
    assert page.index("Guides written") < page.index("Knees")
    assert page.index("Guides reviewed") < page.index("Hearts")
    assert "Secret" not in page
    assert "Wrong" not in page


def test_a_page_says_since_when_and_on_which_day(client: Client) -> None:
    rob = reviewer()
    later = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)
    guide = make_guide("a", reviewer=rob, reviewed_on=datetime.date(2026, 1, 5))
    written = make_guide("b", title="Knees", author=rob)
    make_public(make_revision(written, "New.", title="Knees", author=rob), at=later)

    page = words_at(client, "/people/rob/")

    assert page.count("Reviewed January 5, 2026") == 1
    assert page.count("First published November 2, 2026") == 1
    make_public(make_revision(guide, "Signed by Rae."), at=later)
    assert "Guides reviewed" not in words_at(client, "/people/rob/")


@pytest.mark.parametrize(
    ("fields", "on_page", "on_guide"),
    [
        (
            {"conflicts_of_interest": "None.", "conflicts_declared_on": DAY},
            "Conflicts of interest None. Stated on November 2, 2026",
            "Conflicts of interest, stated on November 2, 2026 : None.",
        ),
        (
            {"conflicts_of_interest": "Owns <shares>."},
            "Owns &lt;shares&gt;. The day of this statement was not recorded.",
            "Conflicts of interest: Owns &lt;shares&gt;.",
        ),
        (
            {"conflicts_of_interest": ""},
            "Nothing was stated. That does not mean that there are none.",
            "Conflicts of interest: nothing was stated",
        ),
    ],
    ids=["none", "some", "not stated"],
)
def test_conflicts_are_said_plainly(
    client: Client, fields: dict, on_page: str, on_guide: str
) -> None:
    make_guide("a", reviewer=reviewer(**fields))

    assert on_page in words_at(client, "/people/rob/")
    assert on_guide in words_at(client, "/articles/a/")
    assert 'href="/people/rob/"' in client.get("/articles/a/").content.decode()


def test_who_signs_by_link_states_conflicts_on_that_day(client: Client) -> None:
    link = ask_for_review()

    client.post(f"{link}sign/", signing(code_by_mail(client, link)))

    person = SignOff.objects.get().reviewer
    assert person.conflicts_declared_on == timezone.localdate()
    assert person.role == "reviewer"


def test_machines_are_told_of_real_people_only(client: Client) -> None:
    bio = "Heals </script><b>hearts</b> & more."
    make_guide("a", reviewer=reviewer(bio=bio))
    made_up = make_contributor("Dora Demo", credential="MD", slug="dora", is_demo=True)
    make_guide("b", reviewer=made_up, is_demo=True)

    page = client.get("/people/rob/").content.decode()
    told = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)

    assert [json.loads(each) for each in told] == [
        {
            "@context": "https://schema.org",
            "@type": "Person",
            "name": "Rob Reviewer",
            "honorificSuffix": "MD",
            "description": bio,
            "url": "http://testserver/people/rob/",
        }
    ]
    assert "ld+json" not in client.get("/people/dora/").content.decode()


def test_search_engines_hear_of_real_people_only(client: Client) -> None:
    make_guide("a", reviewer=reviewer())
    made_up = make_contributor("Dora Demo", credential="MD", slug="dora", is_demo=True)
    make_guide("b", reviewer=made_up, is_demo=True)

    page = client.get("/sitemap-people.xml").content.decode()

    assert "/people/rob/" in page
    assert "/people/dora/" not in page


# At the desk -----------------------------------------------------------------


def fill_in(client: Client, person: Contributor, **changed: object) -> str:
    values = {
        "slug": person.slug,
        "name": person.name,
        "bio": person.bio,
        "conflicts_of_interest": person.conflicts_of_interest,
        "conflicts_declared_on": "",
    }
    client.force_login(make_user("Editor"))
    place = f"/admin/articles/contributor/{person.pk}/change/"
    return client.post(place, values | changed, follow=True).content.decode()


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"conflicts_of_interest": "New."}, "Say on which day it was stated."),
        (
            {"conflicts_of_interest": "", "conflicts_declared_on": "2026-01-02"},
            "Say what was stated on that day.",
        ),
        ({"conflicts_declared_on": "2999-01-01"}, "That day has not come yet."),
    ],
)
def test_a_statement_has_its_day(client: Client, changed: dict, told: str) -> None:
    person = reviewer()

    assert told in fill_in(client, person, **changed)
    person.refresh_from_db()
    assert person.conflicts_of_interest == "None."


def test_a_statement_is_stored_with_its_day_and_an_old_one_needs_none(
    client: Client,
) -> None:
    person = reviewer()

    fill_in(client, person, bio="Another life.")
    person.refresh_from_db()
    fill_in(
        client,
        person,
        conflicts_of_interest="Shares.",
        conflicts_declared_on="2026-01-02",
    )

    person.refresh_from_db()
    assert person.bio == "Another life."
    assert person.conflicts_of_interest == "Shares."
    assert person.conflicts_declared_on == datetime.date(2026, 1, 2)


def test_an_account_is_linked_by_the_name_with_which_it_logs_in(client: Client) -> None:
    make_user("Medical reviewer", username="rob.md")
    person = reviewer(role="Surgeon")
    client.force_login(make_user("Editor-in-chief"))
    place = reverse("admin:articles_contributor_change", args=[person.pk])
    values = {"slug": "rob", "name": "Rob", "bio": "About.", "user": "rob.md"}

    unknown = client.post(place, values | {"user": "nobody"}).content.decode()
    client.post(place, values)

    assert "Nobody logs in with this name." in unknown
    person.refresh_from_db()
    assert person.user.username == "rob.md"
    shown = client.get(place).content.decode()
    assert 'name="user" value="rob.md"' in shown
    add = reverse("admin:articles_contributor_add")
    taken = client.post(add, values | {"slug": "other"}).content.decode()
    assert "Somebody else here has this account already." in taken
    client.post(place, values | {"user": "", "initial-user": "rob.md"})
    person.refresh_from_db()
    assert person.user is None


def send_account(client: Client, person: Contributor, account: str) -> str:
    """Send the form of somebody with another account, as its page would."""
    place = reverse("admin:articles_contributor_change", args=[person.pk])
    linked = person.user.username if person.user else ""
    sent = {"slug": person.slug, "name": person.name, "bio": "Changed."}
    sent |= {"user": account, "initial-user": linked}
    answer = client.post(place, sent, follow=True).content.decode()
    person.refresh_from_db()
    return answer


@pytest.mark.parametrize("groups", [["Editor"], ["Editor", "Medical reviewer"]])
def test_no_editor_makes_a_clinician_of_their_own_account(
    client: Client, groups: list[str]
) -> None:
    person = reviewer()
    linked_one = make_contributor("Lea", user=make_user("Medical reviewer"))
    client.force_login(make_user(*groups, username="edda"))

    send_account(client, person, "edda")
    send_account(client, linked_one, "edda")
    add = {"slug": "new", "name": "New", "credential": "MD", "bio": "About."}
    client.post(reverse("admin:articles_contributor_add"), add | {"user": "edda"})

    assert person.bio == "Changed."
    assert person.user is None
    assert linked_one.user.username != "edda"
    assert Contributor.objects.get(slug="new").user is None


def test_an_editor_reads_whose_account_it_is_and_who_says_so(client: Client) -> None:
    person = reviewer(user=make_user("Medical reviewer", username="rob.md"))
    client.force_login(make_user("Editor"))

    page = client.get(f"/admin/articles/contributor/{person.pk}/change/")

    field = re.search(r'<input[^>]* name="user"[^>]*>', page.content.decode())[0]
    assert 'value="rob.md"' in field
    assert " disabled" in field
    assert "The editor-in-chief says whose it is." in page.content.decode()


def test_nobody_takes_their_own_account_from_their_name(client: Client) -> None:
    chief = make_user("Editor-in-chief", username="cleo")
    make_user("Medical reviewer", username="rob.md")
    person = make_contributor("Cleo", user=chief)
    client.force_login(chief)

    pages = [send_account(client, person, account) for account in ("", "rob.md")]

    assert all("a colleague has to take it from this person" in page for page in pages)
    assert person.user == chief
    client.force_login(make_user("Editor-in-chief"))
    send_account(client, person, "")
    assert person.user is None


def test_the_action_itself_asks_who_may_link_an_account() -> None:
    person = reviewer()
    editor = make_user("Editor", "Medical reviewer", "Publisher")
    chief = make_user("Editor-in-chief")

    with pytest.raises(PermissionDenied):
        link_account(person=person, account=editor, by=editor)
    link_account(person=person, account=chief, by=chief)
    with pytest.raises(ValidationError, match="your own account"):
        link_account(person=person, account=None, by=chief)

    person.refresh_from_db()
    assert person.user == chief


# Who left -------------------------------------------------------------------


def test_a_reviewer_whose_account_was_deleted_stays_on_the_page(client: Client) -> None:
    account = make_user("Medical reviewer")
    make_guide("a", reviewer=reviewer(user=account))
    SignOff.objects.update(recorded_by=account)

    account.delete()

    assert "Rob Reviewer, MD" in words_at(client, "/articles/a/")
    assert SignOff.objects.valid().get().recorded_by is None


@pytest.mark.parametrize("has_signed", [True, False], ids=["signed", "invited"])
def test_a_reviewer_is_not_deleted_under_what_they_signed_or_were_asked_for(
    client: Client, has_signed: bool
) -> None:
    rob = reviewer()
    if has_signed:
        make_guide("a", reviewer=rob)
    else:
        ask_for_review(reviewer=rob)
    client.force_login(User.objects.create_superuser("root"))
    delete = reverse("admin:articles_contributor_delete", args=[rob.pk])

    page = client.post(delete, {"post": "yes"}, follow=True).content.decode()

    assert "Cannot delete contributor" in page
    assert Contributor.objects.filter(pk=rob.pk).exists()
    with pytest.raises(ProtectedError):
        rob.delete()


def test_who_wrote_only_a_page_about_the_site_is_no_author_of_guides(
    client: Client,
) -> None:
    author = make_contributor("Pia Page", slug="pia-page")
    make_guide("privacy", kind=Article.Kind.PAGE, author=author)

    assert "Pia Page" not in client.get("/people/").content.decode()
    assert client.get("/people/pia-page/").status_code == 404


def renamed(client: Client, person: Contributor, group: str = "Editor") -> Contributor:
    """Send the form of somebody with another address."""
    client.force_login(make_user(group))
    sent = {"slug": "other", "name": "New Name", "bio": "A life."}
    client.post(reverse("admin:articles_contributor_change", args=[person.pk]), sent)
    person.refresh_from_db()
    return person


def test_an_address_that_readers_have_stays_when_a_person_is_renamed(
    client: Client,
) -> None:
    person = reviewer()
    make_guide("a", reviewer=person)

    assert renamed(client, person, "Editor-in-chief").name == "New Name"

    assert "New Name" in words_at(client, "/people/rob/")


def signed() -> Contributor:
    person = reviewer()
    make_guide("a", reviewer=person)
    return person


def invited() -> Contributor:
    person = reviewer()
    ask_for_review(reviewer=person)
    return person


def linked() -> Contributor:
    return reviewer(user=make_user("Medical reviewer"))


def form_of_an_editor(client: Client, person: Contributor) -> tuple[User, str]:
    """Log an editor in; return them and the address of a person's form."""
    editor = make_user("Editor")
    client.force_login(editor)
    return editor, reverse("admin:articles_contributor_change", args=[person.pk])


@pytest.mark.parametrize("vouched_for", [signed, invited, linked])
def test_no_editor_makes_another_of_who_signs(
    client: Client, vouched_for: Callable[[], Contributor]
) -> None:
    person = vouched_for()
    editor, place = form_of_an_editor(client, person)

    page = client.get(place).content.decode()
    sent = {"name": "Quinn Quack", "credential": "MD, PhD", "bio": "Typed."}
    answer = client.post(place, sent).content.decode()  # from a page opened before

    assert re.search(r'<input[^>]* name="name"[^>]* disabled', page)
    assert answer.count(f"<li>{HELD}</li>") == 2
    assert "Typed." in answer
    person.refresh_from_db()
    assert (str(person), person.bio) == ("Rob Reviewer, MD", "A made-up person.")
    person.name = "Quinn Quack"
    with pytest.raises(ValidationError, match="only the editor-in-chief"):
        save_person(person=person, by=editor)
    with pytest.raises(PermissionDenied):
        save_person(person=person, by=make_user("Publisher"))


SAID = {
    "role": "Surgeon",
    "bio": "Leads a clinic.",
    "conflicts_of_interest": "Owns shares.",
    "conflicts_declared_on": "2026-01-02",
}


@pytest.mark.parametrize("vouched_for", [signed, invited, linked])
def test_no_editor_puts_words_into_the_mouth_of_who_signs(
    client: Client, vouched_for: Callable[[], Contributor]
) -> None:
    person = vouched_for()
    editor, place = form_of_an_editor(client, person)

    page = client.get(place).content.decode()
    answer = client.post(place, SAID).content.decode()  # from a page opened before

    assert re.search(r'<textarea[^>]* name="bio"[^>]* disabled', page)
    assert answer.count(f"<li>{HELD_BUT_FOR_THEM}</li>") == len(SAID)
    person.refresh_from_db()
    assert (person.role, person.bio) == ("", "A made-up person.")
    assert person.conflicts_of_interest == "None."
    person.conflicts_of_interest = "Owns shares."
    with pytest.raises(ValidationError, match="only they and the editor-in-chief"):
        save_person(person=person, by=editor)


def test_who_signs_says_themselves_what_readers_are_told_of_them(
    client: Client,
) -> None:
    editor = make_user("Editor")
    person = reviewer(user=editor)
    make_guide("a", reviewer=person)
    client.force_login(editor)
    place = reverse("admin:articles_contributor_change", args=[person.pk])

    page = client.get(place).content.decode()
    client.post(place, SAID)

    assert re.search(r'<input[^>]* name="name"[^>]* disabled', page)
    told = words_at(client, "/people/rob/")
    assert all(said in told for said in ("Surgeon", "Leads a clinic.", "Owns shares."))


def test_the_editor_in_chief_mends_a_name_and_what_was_signed_keeps_its_credential(
    client: Client,
) -> None:
    person = signed()
    client.force_login(make_user("Editor-in-chief"))
    place = reverse("admin:articles_contributor_change", args=[person.pk])

    sent = {"name": "Robb Reviewer", "credential": "MD, PhD", "bio": "A life."}
    told = client.get(place).content.decode()
    client.post(place, sent)

    assert "add somebody else as a new contributor" in told
    page = words_at(client, "/articles/a/")
    assert "Medically reviewed by Robb Reviewer, MD on November 2, 2026" in page
    assert words_at(client, "/people/rob/").count("Robb Reviewer, MD, PhD") == 1


def test_who_vouches_for_people_may_look_without_the_right_to_change_one(
    client: Client,
) -> None:
    person = signed()
    user = make_user()
    rights = Permission.objects.filter(content_type__app_label="articles")
    codenames = ["record_review", "view_contributor"]
    user.user_permissions.set(rights.filter(codename__in=codenames))
    client.force_login(user)

    page = client.get(reverse("admin:articles_contributor_change", args=[person.pk]))

    assert "Rob Reviewer" in page.content.decode()


def test_an_address_that_nobody_has_seen_may_be_mended(client: Client) -> None:
    person = reviewer()
    make_draft("a", author=person)

    assert renamed(client, person).slug == "other"
