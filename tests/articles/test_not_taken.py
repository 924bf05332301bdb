"""What is sent without a session, a good token or the right is not lost."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from articles.models import Article
from articles.standing import standing_of
from tests.articles.desk_form import ADD, change, form
from tests.articles.factories import (
    make_draft,
    make_guide,
    make_revision,
    make_source,
    make_user,
    sign,
)
from tests.articles.test_steps import in_review, step
from tests.articles.test_together import opened, source_in

pytestmark = pytest.mark.django_db

TYPED = "Typed on a train.\r\nA second line."
FROM_HERE = {"sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate"}
OFFERS_TO_SEND = '<form method="post" class="editor-step"'


@pytest.fixture
def browser() -> Client:
    """A browser whose tokens are looked at, as the site does."""
    make_user("Editor", username="edda")
    return Client(enforce_csrf_checks=True, headers=FROM_HERE)


def token_in(answer: HttpResponse) -> str:
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page(answer))[1]


def log_in(browser: Client, name: str = "edda") -> str:
    """Log in through the form, and return the token of a page that is opened then."""
    address = reverse("admin:login")
    token = token_in(browser.get(address))
    light = reverse("admin:password_change")
    fields = {"username": name, "password": "secret", "next": light}
    answer = browser.post(address, fields | {"csrfmiddlewaretoken": token}, follow=True)
    assert answer.status_code == 200
    return token_in(answer)


def page(answer: HttpResponse) -> str:
    return answer.content.decode()


def carried(answer: HttpResponse) -> dict[str, object]:
    """Return what a browser would send with the page's form: every field in it."""
    form = page(answer).split(OFFERS_TO_SEND)[1].split("</form>")[0]
    pairs = re.findall(
        r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form
    ) + re.findall(r'<textarea [^>]*name="([^"]+)"[^>]*>\n([^<]*)</textarea>', form)
    sent: dict[str, object] = {}
    for name, value in pairs:
        sent[name] = [*sent.get(name, []), unescape(value)]
    return sent


def signed_out(browser: Client, address: str, sent: dict[str, object]) -> HttpResponse:
    """Send a form that was opened before the session ended."""
    token = log_in(browser)
    Session.objects.all().delete()
    return browser.post(address, sent | {"csrfmiddlewaretoken": token})


def with_login(answer: HttpResponse, name: str = "edda", word: str = "secret") -> dict:
    assert 'name="again-password"' in page(answer)
    return carried(answer) | {"again-username": name, "again-password": word}


def test_a_text_sent_after_the_session_ended_is_shown_with_a_login(
    browser: Client,
) -> None:
    guide = make_draft("a", "Stored.")

    sent = opened(guide, source=TYPED, looked_at_digest="d" * 64)
    answer = signed_out(browser, change(guide), sent)

    assert answer.status_code == 403
    assert "<h1>You were logged out</h1>" in page(answer)
    assert "Looked at digest" not in page(answer)
    assert carried(answer)["looked_at_digest"] == ["d" * 64]
    assert f">\n{TYPED}</textarea>" in page(answer)
    assert 'autocomplete="current-password"' in page(answer)
    assert "This field is required" not in page(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert guide.latest_revision().source == "Stored."


def test_the_page_needs_no_script_and_runs_none(browser: Client) -> None:
    evil = "</textarea><script>alert(1)</script> \"'"
    guide = make_draft("a")

    answer = signed_out(browser, change(guide), opened(guide, source=evil, note=evil))

    assert "<script>alert" not in page(answer)
    assert page(answer).count("&lt;/textarea&gt;&lt;script&gt;") == 2
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_after_the_login_the_text_is_stored_with_every_field(browser: Client) -> None:
    one, two = make_source("one"), make_source("two")
    guide = make_draft("a", "Stored.")
    sent = opened(guide, source=TYPED, title="New title", sources=[one.pk, two.pk])

    lost = signed_out(browser, change(guide), sent)
    answer = browser.post(change(guide), with_login(lost))

    newest = guide.latest_revision()
    assert answer.url == change(guide)
    assert newest.source == TYPED.replace("\r\n", "\n")
    assert newest.title == "New title"
    assert set(newest.sources.all()) == {one, two}
    assert newest.created_by.username == "edda"
    assert "Saved." in page(browser.get(answer.url))


def test_a_new_guide_is_created_after_the_login(browser: Client) -> None:
    lost = signed_out(browser, ADD, form(source=TYPED))

    browser.post(ADD, with_login(lost))

    assert Article.objects.get().latest_revision().title == "A title"


def test_what_others_stored_meanwhile_is_brought_together_and_not_written_over(
    browser: Client,
) -> None:
    guide = make_draft("a", "One.\nTwo.\nThree.")
    sent = opened(guide, source="One.\nTwo.\nMine.")
    make_revision(guide, "Theirs.\nTwo.\nThree.")

    lost = signed_out(browser, change(guide), sent)
    answer = browser.post(change(guide), with_login(lost))

    assert "Two texts to bring together" in page(answer)
    assert source_in(answer) == "Theirs.\nTwo.\nMine.\n"
    assert guide.latest_revision().source == "Theirs.\nTwo.\nThree."
    again = opened(guide, source=source_in(answer))
    token = {"csrfmiddlewaretoken": token_in(answer)}
    browser.post(change(guide), again | token)
    assert guide.latest_revision().source == "Theirs.\nTwo.\nMine.\n".strip()


def test_a_wrong_password_loses_nothing(browser: Client) -> None:
    guide = make_draft("a", "Stored.")
    sent = opened(guide, source=TYPED)

    lost = signed_out(browser, change(guide), sent)
    answer = browser.post(change(guide), with_login(lost, word="guessed"))

    assert answer.status_code == 403
    assert "Please enter the correct username and password" in page(answer)
    assert "guessed" not in page(answer)
    assert carried(answer)["source"] == carried(lost)["source"] == [TYPED]
    assert guide.latest_revision().source == "Stored."


def test_the_login_alone_gives_no_right(browser: Client) -> None:
    make_user("Medical reviewer", username="rob")
    guide = make_draft("a", "Stored.")

    lost = signed_out(browser, change(guide), opened(guide, source=TYPED))
    answer = browser.post(change(guide), with_login(lost, "rob"))

    assert answer.status_code == 403
    assert "<h1>Your account may not do this</h1>" in page(answer)
    assert f">\n{TYPED}</textarea>" in page(answer)
    assert OFFERS_TO_SEND not in page(answer)
    assert guide.latest_revision().source == "Stored."


def test_a_reader_without_a_desk_is_not_let_in(browser: Client) -> None:
    User.objects.create_user("ria", password="secret")
    guide = make_draft("a", "Stored.")

    lost = signed_out(browser, change(guide), opened(guide, source=TYPED))
    answer = browser.post(change(guide), with_login(lost, "ria"))

    assert "correct username and password for a staff account" in page(answer)
    assert guide.latest_revision().source == "Stored."


def test_the_login_needs_the_token_too(browser: Client) -> None:
    guide = make_draft("a", "Stored.")
    lost = signed_out(browser, change(guide), opened(guide, source=TYPED))

    browser.cookies.clear()
    answer = browser.post(change(guide), with_login(lost))

    assert answer.status_code == 403
    assert guide.latest_revision().source == "Stored."
    assert not Session.objects.exists()


def test_a_right_that_was_taken_away_loses_no_words(browser: Client) -> None:
    guide = make_draft("a", "Stored.")
    token = {"csrfmiddlewaretoken": log_in(browser)}

    Group.objects.get(name="Editor").delete()
    answer = browser.post(change(guide), opened(guide, source=TYPED) | token)

    assert answer.status_code == 403
    assert "<h1>Your account may not do this</h1>" in page(answer)
    assert f">\n{TYPED}</textarea>" in page(answer)
    assert guide.latest_revision().source == "Stored."


def test_a_guide_that_was_deleted_while_writing_loses_no_words(browser: Client) -> None:
    guide = make_draft("a", "Stored.")
    token = {"csrfmiddlewaretoken": log_in(browser)}
    sent = opened(guide, source=TYPED) | token

    address = change(guide)
    guide.delete()
    answer = browser.post(address, sent)

    assert answer.status_code == 404
    assert "<h1>What you wrote about is not here any more</h1>" in page(answer)
    assert f">\n{TYPED}</textarea>" in page(answer)


@pytest.mark.parametrize("is_deleted", [True, False], ids=["deleted", "closed"])
def test_who_lost_the_account_while_writing_keeps_the_words(
    browser: Client, is_deleted: bool
) -> None:
    reviewer = make_user("Medical reviewer", username="rob")
    ask = step(in_review(), "ask")
    token = {"csrfmiddlewaretoken": log_in(browser, "rob")}

    if is_deleted:
        reviewer.delete()
    else:
        User.objects.filter(pk=reviewer.pk).update(is_active=False)
    answer = browser.post(ask, {"words": "Please say when.", "number": 1} | token)

    assert answer.status_code == 403
    assert "<h1>You were logged out</h1>" in page(answer)
    assert "Please say when.</textarea>" in page(answer)


def test_a_renamed_group_keeps_its_rights(browser: Client) -> None:
    guide = make_draft("a", "Stored.")
    token = {"csrfmiddlewaretoken": log_in(browser)}

    Group.objects.filter(name="Editor").update(name="Writers")
    browser.post(change(guide), opened(guide, source="Typed.") | token)

    assert guide.latest_revision().source == "Typed."


def test_a_form_older_than_the_login_is_shown_and_sent_once_more(
    browser: Client,
) -> None:
    guide = make_draft("a", "Stored.")
    old = {"csrfmiddlewaretoken": log_in(browser)}
    browser.cookies.clear()
    log_in(browser)

    lost = browser.post(change(guide), opened(guide, source=TYPED) | old)
    stored = guide.latest_revision().source
    browser.post(change(guide), carried(lost))

    assert lost.status_code == 403
    assert "<h1>Please send it once more</h1>" in page(lost)
    assert "again-password" not in page(lost)
    assert stored == "Stored."
    assert guide.latest_revision().source == TYPED.replace("\r\n", "\n")


def test_without_any_cookie_the_page_asks_for_the_login(browser: Client) -> None:
    guide = make_draft("a", "Stored.")

    lost = browser.post(change(guide), opened(guide, source=TYPED))
    browser.post(change(guide), with_login(lost))

    assert "<h1>You were logged out</h1>" in page(lost)
    assert guide.latest_revision().source == TYPED.replace("\r\n", "\n")


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_what_another_site_sends_is_never_offered_to_be_sent_on(
    browser: Client, site: str
) -> None:
    guide = make_draft("a", "Stored.")
    log_in(browser)

    answer = browser.post(
        change(guide),
        opened(guide, source="Words of another site."),
        headers={"sec-fetch-site": site},
    )

    assert answer.status_code == 403
    assert "<h1>Please send it from our page</h1>" in page(answer)
    assert "Words of another site.</textarea>" in page(answer)
    assert OFFERS_TO_SEND not in page(answer)
    assert 'type="hidden" name="source"' not in page(answer)


@pytest.mark.parametrize(
    ("address", "words"), [("/", "Two words."), (ADD, "")], ids=["reader", "no words"]
)
def test_only_words_to_the_desk_are_shown_again(
    browser: Client, address: str, words: str
) -> None:
    answer = browser.post(address, {"source": words})

    assert answer.status_code == 403
    assert OFFERS_TO_SEND not in page(answer)
    assert "You were logged out" not in page(answer)


def test_words_to_a_writer_are_kept_as_well_as_a_guide(browser: Client) -> None:
    make_user("Medical reviewer", username="rob")
    guide = in_review()
    ask = step(guide, "ask")

    lost = signed_out(browser, ask, {"words": "Please say when.", "number": 1})
    browser.post(ask, with_login(lost, "rob"))

    assert ">Words</label>" in page(lost)
    asked = guide.latest_revision().review_events.last()
    assert asked.words == "Please say when."


def test_a_step_goes_on_after_the_login_with_what_it_stood_on(
    browser: Client,
) -> None:
    make_user("Publisher", username="paul")
    guide = make_guide("a")
    sign(make_revision(guide, "Other words."))
    stood_on = {"number": 2, "base_decision": standing_of(guide).decided}

    lost = signed_out(
        browser, step(guide, "publish"), stood_on | {"change_note": "A new study."}
    )
    browser.post(step(guide, "publish"), with_login(lost, "paul"))

    assert "A new study.</textarea>" in page(lost)
    assert "Base decision" not in page(lost)  # nobody typed that
    assert guide.publications.published().get().change_note == "A new study."


def test_no_page_repeats_a_password(client: Client) -> None:
    address = reverse("admin:password_change")

    answer = client.post(address, {"old_password": "a b", "new_password1": "c d"})

    assert answer.status_code == 302


def test_a_button_without_words_is_not_pressed_again_by_a_login(
    client: Client,
) -> None:
    guide = make_draft("a")
    delete = reverse("admin:articles_article_delete", args=[guide.pk])

    began = {"base_article": '{"slug": ["a"], "topics": []}'}
    answer = client.post(delete, {"post": "yes", "_sure": "Yes, I am sure"} | began)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


def test_pressing_delete_of_a_public_guide_is_not_done_by_a_login(
    browser: Client,
) -> None:
    make_user("Publisher", username="pat", is_superuser=True)
    guide = make_guide("a")
    delete = reverse("admin:articles_article_delete", args=[guide.pk])
    token = log_in(browser, "pat")
    form = browser.get(delete).context["form"]
    sent = {"base_seen": form["base_seen"].value(), "csrfmiddlewaretoken": token}
    Session.objects.all().delete()

    answer = browser.post(delete, sent)

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("admin:login"))


@pytest.mark.parametrize("name", ["step", "delete"])
def test_a_button_about_a_guide_that_is_gone_is_answered_in_words(
    browser: Client, name: str
) -> None:
    make_user("Publisher", username="pat", is_superuser=True)
    guide = make_guide("a")
    delete = reverse("admin:articles_article_delete", args=[guide.pk])
    token = {"csrfmiddlewaretoken": log_in(browser, "pat")}
    address = step(guide, "withdraw") if name == "step" else delete
    guide.delete()

    answer = browser.post(address, {"number": "1", "post": "yes"} | token)

    assert answer.status_code == 404
    assert "<h1>What you wrote about is not here any more</h1>" in page(answer)
    assert "<textarea" not in page(answer)


def test_who_logs_out_twice_is_not_asked_to_log_in(client: Client) -> None:
    answer = client.post(reverse("admin:logout"), {"csrfmiddlewaretoken": "x"})

    assert answer.url == reverse("admin:index")
