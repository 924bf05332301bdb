"""Every page of the admin answers."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import User
from django.db.models import DateField, Model
from django.test import Client
from django.urls import reverse

from articles.models import Article
from tests.articles.factories import (
    make_contributor,
    make_guide,
    make_topic,
    make_user,
)
from tests.desk import (
    fill_the_desk,
    fill_the_directory,
    our_models,
    own_pages,
    pages_of,
)
from tests.factories import make_group, make_hospital

pytestmark = pytest.mark.django_db

FEWEST = 70
SECTION_WITH_NAME = re.compile(r"<section[^>]* aria-label[^>]*>")


def test_every_page_of_the_admin_answers() -> None:
    fill_the_directory()
    pages = own_pages(fill_the_desk()) + pages_of(our_models())
    client = Client()
    client.force_login(make_user(is_superuser=True))

    answers = {address: client.get(address) for address in pages}

    assert len(answers) >= FEWEST
    codes = {page: answer.status_code for page, answer in answers.items()}
    assert {page: code for page, code in codes.items() if code != 200} == {}
    # a section that has a name is a landmark: its heading would be heard twice
    named = {
        page: SECTION_WITH_NAME.findall(answer.content.decode())
        for page, answer in answers.items()
    }
    assert {page: sections for page, sections in named.items() if sections} == {}


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("1", "at least 12 characters"),
        ("200511251126", "entirely numeric"),
        ("administrator", "too common"),
        ("rae-wordsmith", "too similar to the username"),
    ],
)
def test_nobody_gets_a_password_that_is_soon_guessed(password: str, words: str) -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    both = {"password1": password, "password2": password}

    page = client.post("/admin/auth/user/add/", {"username": "rae-wordsmith"} | both)

    assert words in page.content.decode()
    assert not User.objects.filter(username="rae-wordsmith").exists()


JUNK = ["whose=%00", "state=a%00b", "%00=1", "q=a&q=%00", "_to_field="]


def test_junk_in_an_address_of_the_admin_is_refused_in_words() -> None:
    fill_the_directory()
    pages = own_pages(fill_the_desk()) + pages_of(our_models())
    client = Client()
    client.force_login(make_user(is_superuser=True))

    addresses = [f"{page}?{junk}" for page in pages if "?" not in page for junk in JUNK]
    answers = {address: client.get(address) for address in addresses}

    assert len(answers) >= len(JUNK) * FEWEST / 2
    codes = {address: answer.status_code for address, answer in answers.items()}
    assert {address: code for address, code in codes.items() if code != 400} == {}
    some = next(iter(answers.values())).content.decode()
    assert "We could not read this address" in some


@pytest.mark.django_db(transaction=True)  # the page of the refusal asks again
def test_a_list_asked_for_what_the_database_refuses_says_so() -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    make_guide("a")

    for query in ("articles/article/?slug__regex=[", "auth/user/?username__regex=["):
        answer = client.get(f"/admin/{query}")

        assert answer.status_code == 400
        assert "We could not read this address" in answer.content.decode()


ABSURD = [
    *("at__year=0", "at__year=99999999999999999999", "at__iso_year=9999"),
    *("at__date__year=0", "id__range=1", "id__range=123"),
]


@pytest.mark.django_db(transaction=True)  # the page of the refusal asks again
def test_a_list_asked_for_a_day_that_no_calendar_has_says_so() -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    moments = [
        f"/admin/{model._meta.app_label}/{model._meta.model_name}/?{each.name}"
        for model in admin.site._registry
        for each in model._meta.concrete_fields
        if isinstance(each, DateField)
    ]
    addresses = [f"{each}__year=999999" for each in moments]
    addresses += [f"/admin/articles/helpfulanswer/?{each}" for each in ABSURD]

    codes = {each: client.get(each).status_code for each in addresses}

    assert len(moments) > 15
    assert {each: code for each, code in codes.items() if code != 400} == {}
    page = client.get("/admin/auth/user/?date_joined__year=999999")
    assert "We could not read this address" in page.content.decode()
    page = client.get("/admin/auth/user/?date_joined__year=9999")
    assert page.status_code == 200


def test_a_list_that_fails_by_itself_is_no_fault_of_its_address(monkeypatch) -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    monkeypatch.setattr(ChangeList, "get_results", lambda *_: int("x"))

    with pytest.raises(ValueError, match="invalid literal"):
        client.get("/admin/auth/user/?q=a")


def test_a_number_with_a_nul_character_is_nobodys() -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    address = "/admin/directory/correction/add/"
    form = {"whose": "99000\x0000016", "field": "phone", "value": "x"}

    page = client.post(address, form)

    assert page.status_code == 200
    assert "Null characters are not allowed." in page.content.decode()


def test_an_action_for_what_is_no_row_is_refused_in_words() -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    forged = {"action": "delete_selected", "_selected_action": "1\x00", "index": "0"}

    page = client.post("/admin/auth/user/", forged)

    assert page.status_code == 400


@pytest.mark.parametrize(
    ("forged", "words"),
    [
        ("\x00", "Null characters are not allowed."),
        ("nobody", "That guide is not public"),
    ],
)
def test_a_guide_is_not_deleted_for_a_forged_replacement(
    forged: str, words: str
) -> None:
    client = Client()
    client.force_login(make_user(is_superuser=True))
    guide = make_guide("a")

    page = client.post(
        f"/admin/articles/article/{guide.pk}/delete/", {"replacement": forged}
    )

    assert words in page.content.decode()
    assert Article.objects.filter(pk=guide.pk).exists()


def test_view_on_site_stands_where_there_is_a_page(admin_client: Client) -> None:
    shown = make_contributor("Ada"), make_topic("Hearts"), make_hospital()
    hidden = make_contributor("Ben"), make_topic("Bones"), make_group()
    make_guide("a", author=shown[0]).topics.add(shown[1])

    def offered(row: Model) -> list[str]:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        page = admin_client.get(reverse(name, args=[row.pk])).content.decode()
        return re.findall(r'href="([^"]+)" class="viewsitelink"', page)

    assert [offered(row) for row in hidden] == [[], [], []]
    for row in shown:
        [address] = offered(row)
        assert admin_client.get(address, follow=True).status_code == 200
