"""When a guide is due for its next medical review, and what readers are told."""

import datetime
from unittest import mock

import pytest
from django.test import Client
from django.urls import reverse

from articles.models import Article, Publication, Source
from tests.articles.desk_form import change, form
from tests.articles.factories import (
    DAY,
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_user,
    sign,
    take_back,
)

pytestmark = pytest.mark.django_db

Date = datetime.date

DUE = [
    # signed on, months, due on
    (Date(2026, 11, 2), 12, Date(2027, 11, 2)),
    (Date(2024, 2, 29), 12, Date(2025, 2, 28)),
    (Date(2024, 2, 29), 48, Date(2028, 2, 29)),
    (Date(2023, 8, 29), 6, Date(2024, 2, 29)),
    (Date(2023, 8, 31), 6, Date(2024, 2, 29)),
    (Date(2022, 8, 31), 6, Date(2023, 2, 28)),
    (Date(2025, 12, 31), 2, Date(2026, 2, 28)),
    (Date(2025, 1, 31), 1, Date(2025, 2, 28)),
]


@pytest.mark.parametrize(("signed_on", "months", "due_on"), DUE, ids=str)
def test_the_next_review_is_so_many_months_later(
    signed_on: Date, months: int, due_on: Date
) -> None:
    guide = make_guide("a", reviewed_on=signed_on)
    Article.objects.update(review_months=months)

    assert Article.objects.with_review_due().get().review_due_on == due_on
    assert Publication.objects.published().for_page().get().review_due_on == due_on
    day_before = due_on - datetime.timedelta(days=1)
    assert not Article.objects.due_for_review(day_before).exists()
    assert list(Article.objects.due_for_review(due_on)) == [guide]


def test_the_longest_due_come_first_and_only_public_guides() -> None:
    late = make_guide("late", reviewed_on=Date(2025, 5, 1))
    later = make_guide("later", reviewed_on=Date(2025, 3, 1))
    gone = make_guide("gone", reviewed_on=Date(2025, 1, 1))
    take_back(gone)
    make_draft("draft")
    make_guide("page", kind=Article.Kind.PAGE)

    due = Article.objects.due_for_review(Date(2026, 11, 2))

    assert list(due) == [later, late]


def test_a_new_sign_off_takes_a_guide_from_the_queue() -> None:
    guide = make_guide("a", reviewed_on=Date(2025, 1, 1))

    sign(guide.latest_revision(), on=DAY)

    assert not Article.objects.due_for_review(DAY).exists()


def read_on(client: Client, day: Date) -> str:
    noon = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    with mock.patch("django.utils.timezone.now", return_value=noon):
        response = client.get("/articles/a/")
    assert response.status_code == 200
    return response.content.decode()


def test_an_overdue_guide_stays_and_says_so(client: Client) -> None:
    make_guide("a", "The words.", reviewed_on=DAY)

    on_the_day = read_on(client, Date(2027, 11, 2))
    a_day_late = read_on(client, Date(2027, 11, 3))

    assert "due for a new medical review" not in on_the_day
    assert "due for a new medical review" in a_day_late
    assert '<time datetime="2027-11-02">November 2, 2027</time>' in a_day_late
    assert "The words." in a_day_late


@pytest.mark.parametrize(("months", "stored"), [("6", 6), ("0", 12), ("61", 12)])
def test_the_interval_is_set_in_the_form(
    client: Client, months: str, stored: int
) -> None:
    client.force_login(make_user("Editor"))
    guide = make_guide("a")

    answer = client.post(change(guide), form(guide, review_months=months))

    guide.refresh_from_db()
    assert guide.review_months == stored
    assert ("Ensure this value is" in answer.content.decode()) == (stored == 12)


def test_a_fallen_source_flags_every_guide_that_cites_it() -> None:
    fallen = make_source(
        "fallen-2020", standing="withdrawn", standing_since=DAY, standing_note="Faked."
    )
    cites = make_guide("cites", sources=[fallen])
    draft = make_draft("draft", sources=[fallen])
    rewritten = make_draft("rewritten", sources=[fallen])
    make_revision(rewritten)
    still_public = make_guide("still-public", sources=[fallen])
    make_revision(still_public)
    make_guide("sound", sources=[make_source("sound-2020")])

    flagged = Article.objects.citing_doubtful_sources()

    assert set(flagged) == {cites, draft, still_public}


def test_editor_and_reader_are_told_of_a_fallen_source(client: Client) -> None:
    newer = make_source("newer-2025")
    fallen = make_source(
        "fallen-2020",
        standing="superseded",
        standing_since=DAY,
        standing_note="A larger trial.",
        successor=newer,
    )
    guide = make_guide("a", sources=[fallen])
    client.force_login(make_user("Editor"))

    desk = client.get(
        reverse("admin:articles_article_change", args=[guide.pk])
    ).content.decode()

    assert "Sources that no longer hold" in desk
    assert "Superseded on November 2, 2026. A larger trial." in desk
    assert "Superseded by newer-2025." in desk
    page = client.get("/articles/a/").content.decode()
    assert "Superseded on November 2, 2026. A larger trial." in page


SOURCE = reverse("admin:articles_source_add")


def source_form(**changed: object) -> dict[str, object]:
    fields = {
        "key": "s-2020",
        "authors": "",
        "title": "S",
        "publisher": "P",
        "year": 2020,
        "url": "",
        "doi": "",
        "standing": "",
        "standing_since": "",
        "standing_note": "",
        "successor": "",
    }
    return fields | changed


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"standing": "withdrawn"}, "Say since when."),
        ({"standing_since": "2026-11-02"}, "Say first what happened"),
        (
            {"standing": "withdrawn", "standing_since": "2062-11-02"},
            "That day has not come yet.",
        ),
        (
            {
                "standing": "withdrawn",
                "standing_since": "2026-11-02",
                "successor": "other",
            },
            "Only a superseded source has a successor.",
        ),
        (
            {
                "standing": "superseded",
                "standing_since": "2026-11-02",
                "successor": "itself",
            },
            "A source does not follow itself.",
        ),
    ],
    ids=[
        "no day",
        "no fall",
        "a day to come",
        "a successor of nothing",
        "its own successor",
    ],
)
def test_the_form_of_a_source_says_what_is_missing(
    client: Client, changed: dict[str, str], message: str
) -> None:
    client.force_login(make_user("Editor"))
    known = {"itself": make_source("s-2020"), "other": make_source("other-2021")}
    fields = source_form(**changed)
    if fields["successor"]:
        fields["successor"] = known[fields["successor"]].pk
    address = reverse("admin:articles_source_change", args=[known["itself"].pk])

    answer = client.post(address, fields)

    assert message in answer.content.decode()


def test_the_page_of_a_source_leads_to_the_guides_that_cite_it(client: Client) -> None:
    client.force_login(make_user("Editor"))
    source, other = make_source("s-2020"), make_source("other-2021")
    guide = make_guide("a", title="Citing guide", sources=[source])

    def page(of: object) -> str:
        address = reverse("admin:articles_source_change", args=[of.pk])
        return client.get(address).content.decode()

    change = reverse("admin:articles_article_change", args=[guide.pk])
    assert f'<a href="{change}">Citing guide</a>' in page(source)
    assert "No guide" in page(other)


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("key", "Payne_2014", "A key has lower-case letters, digits and single"),
        ("key", "payne 2014", "A key has lower-case letters, digits and single"),
        ("year", "1700", "Give the year of publication, from 1800 to "),
        ("year", "2062", "Give the year of publication, from 1800 to "),
        ("url", "ftp://example.org/a", "A web address begins with https://"),
        ("doi", "https://example.org/10", "A DOI begins with 10. and has a slash"),
        ("doi", "10.1000/a b", "A DOI begins with 10. and has a slash"),
    ],
)
def test_the_form_of_a_source_says_what_its_facts_look_like(
    client: Client, name: str, typed: str, message: str
) -> None:
    client.force_login(make_user("Editor"))

    answer = client.post(SOURCE, source_form(**{name: typed})).content.decode()

    assert message in answer
    assert "Constraint" not in answer
    assert f'value="{typed}"' in answer
    assert not Source.objects.exists()


@pytest.mark.parametrize(
    "before", ["", "https://doi.org/", "http://dx.doi.org/", "doi.org/", "DOI: "]
)
def test_a_doi_is_taken_as_people_copy_it(client: Client, before: str) -> None:
    client.force_login(make_user("Editor"))

    client.post(SOURCE, source_form(doi=f"{before}10.1000/182"))

    assert Source.objects.get().doi == "10.1000/182"
