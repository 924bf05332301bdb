"""Readers say whether a guide helped and what is wrong, and editors deal with it."""

import datetime
import logging
from unittest import mock

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from articles import feedback_views
from articles.addresses import rename_article
from articles.feedback import deal_with, reason_token
from articles.models import Article, HelpfulAnswer, MistakeReport
from directory.models import PublicFormUse
from directory.public_forms import EVERYBODY
from tests.articles.factories import (
    make_draft,
    make_guide,
    make_public,
    make_user,
    take_back,
)

pytestmark = pytest.mark.django_db

FROM_HERE = {"sec-fetch-site": "same-origin"}
ADDRESS = "203.0.113.77"
WORDS = "It says six weeks, and the source says twelve."


@pytest.fixture
def guide() -> Article:
    return make_guide("knees", title="Knees")


@pytest.fixture
def reader() -> Client:
    """A browser that checks what Django would, and sends what browsers send."""
    return Client(enforce_csrf_checks=True, headers=FROM_HERE, REMOTE_ADDR=ADDRESS)


def answer(guide: Article, **fields: object) -> HelpfulAnswer:
    return HelpfulAnswer.objects.create(
        **{"article": guide, "is_helpful": False} | fields
    )


def report(guide: Article, **fields: object) -> MistakeReport:
    return MistakeReport.objects.create(**{"article": guide, "words": WORDS} | fields)


def html_of(response: object) -> str:
    return response.content.decode()


# On the guide ----------------------------------------------------------------


def test_a_guide_asks_whether_it_helped(client: Client, guide) -> None:
    page = client.get("/articles/knees/")

    assert "Was this page helpful?" in html_of(page)
    assert 'action="/feedback/knees/"' in html_of(page)
    assert 'href="/feedback/knees/mistake/"' in html_of(page)
    assert "csrf" not in html_of(page)


def test_what_is_not_a_public_guide_does_not_ask(client: Client, guide) -> None:
    make_guide("about", kind=Article.Kind.PAGE)
    take_back(guide, way="notice")

    for address in ("/about/about/", "/articles/knees/"):
        page = client.get(address)
        assert page.status_code == 200
        assert "Was this page helpful?" not in html_of(page)


# Helpful ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "reason", "offered", "not_offered"),
    [
        ("yes", "clear", "easy to understand", "too long"),
        ("no", "long", "too long", "easy to understand"),
    ],
)
def test_an_answer_counts_at_once_and_may_say_why(
    reader: Client, guide, said: str, reason: str, offered: str, not_offered: str
) -> None:
    taken = reader.post("/feedback/knees/", {"helpful": said})
    assert HelpfulAnswer.objects.get().is_helpful == (said == "yes")

    page = reader.get(taken.url)
    thanked = reader.post(taken.url, {"reason": reason}, follow=True)

    assert offered in html_of(page)
    assert not_offered not in html_of(page)
    assert "An editor reads it" in html_of(thanked)
    assert HelpfulAnswer.objects.get().reason == reason
    assert not reader.cookies


def test_two_clicks_are_one_answer_and_lead_to_its_reason(
    reader: Client, guide, monkeypatch
) -> None:
    monkeypatch.setitem(feedback_views.ANSWERS_A_DAY, "most", 1)

    links = [reader.post("/feedback/knees/", {"helpful": "no"}).url for _ in range(2)]

    assert HelpfulAnswer.objects.count() == 1
    assert "too long" in html_of(reader.get(links[1]))


def test_an_equal_answer_is_one_of_its_own_once_the_first_is_complete_or_old(
    reader: Client, guide
) -> None:
    old = timezone.now() - datetime.timedelta(seconds=30)
    answer(guide, at=old)
    answer(guide, reason="old")
    answer(guide, is_helpful=True)
    answer(make_guide("hips"))

    reader.post("/feedback/knees/", {"helpful": "no"})

    assert guide.helpful_answers.filter(is_helpful=False).count() == 3


def test_a_reason_counts_once_and_only_from_the_list(reader: Client, guide) -> None:
    link = reader.post("/feedback/knees/", {"helpful": "no"}).url

    for junk in ({}, {"reason": "clear"}, {"reason": "x" * 300}):
        assert reader.post(link, junk).status_code == 422
    reader.post(link, {"reason": "old"})
    again = [reader.get(link), reader.post(link, {"reason": "hard"})]

    assert [page.headers["Location"] for page in again] == [
        "/feedback/knees/thanks/"
    ] * 2
    assert HelpfulAnswer.objects.get().reason == "old"


def test_a_made_up_or_old_token_leads_to_the_thanks(
    reader: Client, guide, monkeypatch
) -> None:
    given = answer(guide)
    monkeypatch.setattr("articles.feedback.REASON_WITHIN_S", -1)

    for token in ("1.a.b", reason_token(given)):
        page = reader.post(f"/feedback/knees/why/{token}/", {"reason": "old"})
        assert page.url == "/feedback/knees/thanks/"
    given.refresh_from_db()
    assert given.reason == ""


@pytest.mark.parametrize("said", [{"helpful": "maybe"}, {"x": "y"}])
def test_no_answer_is_asked_again(reader: Client, guide, said: dict) -> None:
    page = reader.post("/feedback/knees/", said)

    assert page.status_code == 422
    assert "Was this page helpful?" in html_of(page)
    assert not HelpfulAnswer.objects.exists()


def test_a_flood_of_answers_is_not_counted(reader: Client, guide, monkeypatch) -> None:
    monkeypatch.setitem(feedback_views.ANSWERS_A_DAY, "most", 1)

    pages = [reader.post("/feedback/knees/", {"helpful": x}) for x in ("no", "yes")]

    assert [page.status_code for page in pages] == [302, 429]
    assert "we did not count this one" in html_of(pages[1])
    assert HelpfulAnswer.objects.count() == 1


# Mistakes --------------------------------------------------------------------


def test_a_mistake_is_reported(reader: Client, guide) -> None:
    form = reader.get("/feedback/knees/mistake/")

    thanked = reader.post("/feedback/knees/mistake/", {"words": WORDS}, follow=True)

    assert "nothing about your own health" in html_of(form)
    assert thanked.redirect_chain == [("/feedback/knees/thanks/", 302)]
    assert "What changed" in html_of(thanked)
    assert MistakeReport.objects.get().words == WORDS
    assert MistakeReport.objects.get().article == guide
    assert not reader.cookies


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("  ", "Say what is wrong"),
        ("a <b>c" * 400, "at most 1000 characters"),
        ("a\0b", "Null characters are not allowed"),
    ],
    ids=["blank", "long", "nul"],
)
def test_a_refused_report_keeps_what_was_typed(
    reader: Client, guide, words: str, told: str
) -> None:
    page = reader.post("/feedback/knees/mistake/", {"words": words})

    assert page.status_code == 422
    assert told in html_of(page)
    assert words.replace("<", "&lt;").replace(">", "&gt;") in html_of(page)
    assert not MistakeReport.objects.exists()


def test_the_title_says_first_that_something_is_missing(reader: Client, guide) -> None:
    kept = answer(guide)
    why = f"/feedback/knees/why/{reason_token(kept)}/"

    for address in ("/feedback/knees/mistake/", why):
        assert "<title>Error: " not in html_of(reader.get(address))
        assert "<title>Error: " in html_of(reader.post(address, {"words": ""}))


def test_a_line_break_counts_once_as_the_browser_counts_it(
    reader: Client, guide
) -> None:
    words = "\n".join(["x" * 99] * 10)

    sent = reader.post(
        "/feedback/knees/mistake/", {"words": words.replace("\n", "\r\n")}
    )

    assert sent.status_code == 302
    assert MistakeReport.objects.get().words == words


def test_a_second_click_is_no_second_report(reader: Client, guide) -> None:
    make_guide("hips")
    place = "/feedback/knees/mistake/"
    answers = [reader.post(place, {"words": WORDS}) for _ in range(7)]
    reader.post("/feedback/hips/mistake/", {"words": WORDS})

    earlier = timezone.now() - datetime.timedelta(minutes=11)
    assert {answer.status_code for answer in answers} == {302}
    assert MistakeReport.objects.count() == 2
    MistakeReport.objects.update(at=earlier)
    reader.post(place, {"words": WORDS})
    assert MistakeReport.objects.count() == 3


def test_a_flood_of_reports_is_stopped_and_the_words_stay(
    reader: Client, guide
) -> None:
    pages = [
        reader.post("/feedback/knees/mistake/", {"words": f"{WORDS} {number}"})
        for number in range(6)
    ]

    assert [page.status_code for page in pages] == [*[302] * 5, 429]
    assert f"{WORDS} 5</textarea>" in html_of(pages[-1])
    assert "Please send it tomorrow" in html_of(pages[-1])
    assert MistakeReport.objects.count() == 5


@pytest.mark.parametrize("address", ["", "mistake/", "why/1.a.b/"])
def test_another_site_cannot_send_it_and_the_words_stay(guide, address: str) -> None:
    elsewhere = Client(headers={"sec-fetch-site": "cross-site"})

    page = elsewhere.post(
        f"/feedback/knees/{address}", {"words": WORDS, "helpful": "no"}
    )

    assert page.status_code == 403
    assert WORDS in html_of(page)
    assert not HelpfulAnswer.objects.exists()
    assert not MistakeReport.objects.exists()


# Addresses -------------------------------------------------------------------


def test_a_guide_renamed_or_withdrawn_meanwhile_still_takes_words(
    reader: Client, guide
) -> None:
    rename_article(article=guide, slug="new-knees", by=None)
    take_back(guide)

    sent = reader.post("/feedback/knees/mistake/", {"words": WORDS})

    assert sent.url == "/feedback/new-knees/thanks/"
    assert "Back to the guide" not in reader.get(sent.url).content.decode()
    assert MistakeReport.objects.get().article == guide


def test_words_are_about_the_guide_that_took_over_an_address_on_its_day(
    reader: Client, guide
) -> None:
    rename_article(article=guide, slug="old-knees", by=None)
    newcomer = make_draft("knees", title="Knees anew")
    day = timezone.now() + datetime.timedelta(hours=1)
    make_public(newcomer.latest_revision(), day)

    with mock.patch("django.utils.timezone.now", return_value=day):
        sent = reader.post("/feedback/knees/mistake/", {"words": WORDS})

    assert sent.url == "/feedback/knees/thanks/"
    assert MistakeReport.objects.get().article == newcomer


@pytest.mark.parametrize("address", ["", "mistake/", "thanks/", "why/1.a.b/"])
def test_what_readers_never_saw_takes_nothing(reader: Client, address: str) -> None:
    make_draft("secret", title="Quiet")
    make_guide("about", kind=Article.Kind.PAGE)

    for slug in ("secret", "about", "none"):
        assert reader.get(f"/feedback/{slug}/{address}").status_code == 404
        assert reader.post(f"/feedback/{slug}/{address}").status_code in {403, 404}


@pytest.mark.parametrize("address", ["", "mistake/"])
def test_forms_are_kept_by_no_cache_and_found_by_no_engine(
    client: Client, guide, address: str
) -> None:
    page = client.get(f"/feedback/knees/{address}")

    assert "no-store" in page.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in html_of(page)
    assert client.put(f"/feedback/knees/{address}").status_code == 405


def test_no_log_holds_words_or_address(reader: Client, guide, caplog) -> None:
    caplog.set_level(logging.DEBUG)

    for _ in range(6):
        reader.post("/feedback/knees/mistake/", {"words": WORDS})
    reader.post("/feedback/knees/", {"helpful": "maybe"})
    Client(REMOTE_ADDR=ADDRESS).post("/feedback/knees/mistake/", {"words": WORDS})

    assert WORDS not in caplog.text
    assert ADDRESS not in caplog.text
    senders = PublicFormUse.objects.exclude(sender=EVERYBODY)
    assert senders.exists()
    assert not senders.filter(sender__contains=ADDRESS).exists()


# Keeping ---------------------------------------------------------------------


def test_words_that_are_deleted_stay_in_no_log(client: Client, guide) -> None:
    told = report(guide, words="I am Jo Doe and take it for my heart.")
    client.force_login(User.objects.create_superuser("boss"))

    client.post(f"/admin/articles/mistakereport/{told.pk}/delete/", {"post": "yes"})

    assert not MistakeReport.objects.exists()
    assert "Jo Doe" not in LogEntry.objects.get().object_repr


@pytest.mark.parametrize("make", [answer, report])
def test_what_is_old_enough_is_stale(guide, make) -> None:
    now = timezone.now()
    days = {name: now - datetime.timedelta(days=name) for name in (89, 91, 364, 366)}
    make(guide, at=days[364])
    make(guide, at=days[364], dealt_with_at=days[89])
    old = make(guide, at=days[366])
    done = make(guide, at=days[364], dealt_with_at=days[91])

    assert set(type(old).objects.stale()) == {old, done}


# At the desk -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "name"), [(answer, "helpfulanswer"), (report, "mistakereport")]
)
def test_an_editor_sees_it_and_deals_with_it(
    client: Client, guide, make, name: str
) -> None:
    said = make(guide)
    user = make_user("Editor")
    client.force_login(user)
    place = f"/admin/articles/{name}/"

    listed = client.get(place)
    shown = client.get(f"{place}{said.pk}/change/")
    marked = client.post(
        place, {"action": "mark_done", "_selected_action": [said.pk]}, follow=True
    )

    guide_place = f"/admin/articles/article/{guide.pk}/change/"
    assert guide_place in html_of(listed)
    assert guide_place in html_of(shown)
    assert 'type="submit" value="Save"' not in html_of(shown)
    assert "Marked as dealt with: 1." in html_of(marked)
    said.refresh_from_db()
    assert (said.dealt_with_by, said.dealt_with_at is None) == (user, False)
    assert not type(said).objects.waiting().exists()
    assert str(guide) in str(said)

    client.post(place, {"action": "mark_new", "_selected_action": [said.pk]})
    assert type(said).objects.waiting().get() == said


def test_a_report_is_dealt_with_where_it_is_read(client: Client, guide) -> None:
    told = report(guide)
    place = f"/admin/articles/mistakereport/{told.pk}/change/"
    done, new = (f'name="action" value="{name}"' for name in ("mark_done", "mark_new"))
    client.force_login(make_user("Editor"))
    before = html_of(client.get(place))

    deal_with(feedback=[told], is_done=True, by=make_user("Editor"))
    after = html_of(client.get(place))

    assert 'action="/admin/articles/mistakereport/"' in before
    assert (done in before, new in before) == (True, False)
    assert (done in after, new in after) == (False, True)
    client.force_login(make_user("Medical reviewer"))
    assert 'name="action"' not in html_of(client.get(place))


def test_the_list_is_narrowed_by_state_and_counts_by_guide(
    client: Client, guide
) -> None:
    other = make_guide("hips")
    done = answer(guide, dealt_with_at=timezone.now())
    new = answer(guide)
    answer(other, is_helpful=True)
    client.force_login(make_user("Editor"))
    place = "/admin/articles/helpfulanswer/"

    pages = {state: client.get(place, {"state": state}) for state in ("new", "done")}

    rows = {state: set(page.context["cl"].queryset) for state, page in pages.items()}
    assert new in rows["new"]
    assert done not in rows["new"]
    assert rows["done"] == {done}
    assert [
        (row["article__slug"], row["yes"], row["no"])
        for row in HelpfulAnswer.objects.per_guide()
    ] == [("knees", 0, 2), ("hips", 1, 0)]
    assert "By guide" in html_of(client.get(place))


def test_an_empty_list_has_no_counts(client: Client) -> None:
    client.force_login(make_user("Editor"))

    page = client.get("/admin/articles/helpfulanswer/")

    assert "By guide" not in html_of(page)


def test_a_guides_page_counts_what_readers_said_and_leads_there(
    client: Client, guide
) -> None:
    other = make_guide("hips")
    answer(guide, is_helpful=True)
    answer(other)
    mine = report(guide)
    report(guide, dealt_with_at=timezone.now())
    report(other)
    client.force_login(make_user("Editor"))

    page = html_of(client.get(f"/admin/articles/article/{guide.pk}/change/"))
    place = f"/admin/articles/mistakereport/?article__id__exact={guide.pk}"
    listed = client.get(f"{place}&state=new")

    assert "Helpful: 1 yes, 0 no" in page
    assert "Mistakes reported and not dealt with: 1" in page
    assert f'href="{place}&amp;state=new"' in page
    assert set(listed.context["cl"].queryset) == {mine}


def test_a_draft_has_no_readers(client: Client) -> None:
    draft = make_draft("draft")
    client.force_login(make_user("Editor"))

    page = client.get(f"/admin/articles/article/{draft.pk}/change/")

    assert "What readers say" not in html_of(page)


def test_others_neither_see_nor_change_it(client: Client, guide) -> None:
    said = report(guide)
    user = make_user("Publisher")
    client.force_login(user)

    assert client.get("/admin/articles/mistakereport/").status_code == 403
    with pytest.raises(PermissionDenied):
        deal_with(feedback=[said], is_done=True, by=user)


def test_only_the_editor_in_chief_deletes_it(client: Client, guide) -> None:
    said = report(guide)
    place = f"/admin/articles/mistakereport/{said.pk}/delete/"

    for group, status in (("Editor", 403), ("Editor-in-chief", 302)):
        client.force_login(make_user(group))
        assert client.post(place, {"post": "yes"}).status_code == status
