"""A clinician without an account reads, comments and signs by a link."""

import datetime
import re
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from unittest.mock import Mock

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import review_links
from articles.models import (
    Contributor,
    ReviewInvitation,
    ReviewLinkEvent,
    Revision,
    SignOff,
)
from articles.models.article import desk_address
from articles.review_links import (
    CODE_LASTS,
    CODE_PAUSE,
    CODES_AT_MOST,
    TRIES_AT_MOST,
    ask_by_link,
    is_code_right,
    send_code,
    sign_by_link,
    withdraw_link,
)
from articles.reviewing import send_for_review
from tests.articles.by_link import (
    TEXT,
    ask_for_review,
    code_by_mail,
    signing,
    words_of,
)
from tests.articles.factories import (
    make_contributor,
    make_draft,
    make_revision,
    make_user,
)

pytestmark = pytest.mark.django_db


def invitation() -> ReviewInvitation:
    return ReviewInvitation.objects.get()


def set_back(**delta: float) -> None:
    """Let time pass since the code was sent."""
    ReviewInvitation.objects.update(
        code_sent_at=timezone.now() - datetime.timedelta(**delta)
    )


def kinds() -> list[str]:
    return [event.kind for event in invitation().events.all()]


# Reading ---------------------------------------------------------------------


def test_the_link_shows_the_draft_as_readers_would_see_it(client: Client) -> None:
    link = ask_for_review()

    page = client.get(link)

    assert "Draft for review by Rae Outside, MD" in words_of(page)
    assert '<mark class="dead-link">a guide</mark>' in page.content.decode()
    assert mail.outbox[-1].to == ["rae@example.org"]


def test_a_reviewer_meets_no_dead_link(client: Client) -> None:
    author = make_contributor("Ada Author")
    link = ask_for_review(make_draft("a", TEXT, author=author).latest_revision())
    assert client.get(author.get_absolute_url()).status_code == 404

    page = client.get(link).content.decode()

    assert author.name in page
    linked = set(re.findall(r'href="(/[^"#]*)"', page.split("<main", 1)[1]))
    assert [each for each in linked if client.get(each).status_code != 200] == []


@pytest.mark.parametrize("part", ["", "sign/", "changes/"])
def test_no_page_of_a_link_is_kept_or_found_or_tells_its_address(
    client: Client, part: str
) -> None:
    page = client.get(ask_for_review() + part)

    assert page.status_code == 200
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    assert "Cookie" not in page.headers.get("Vary", "")
    assert '<p class="print-only">From' not in page.content.decode()


def test_the_forms_work_without_any_cookie() -> None:
    browser = Client(enforce_csrf_checks=True)

    answer = browser.post(ask_for_review(), {"passage": "0", "words": "Fine."})

    assert answer.status_code == 302
    assert not browser.cookies


def test_the_first_opening_is_logged_once(client: Client) -> None:
    link = ask_for_review()

    for _ in range(2):
        client.get(link)

    assert kinds() == ["sent", "opened"]
    assert invitation().opened_at


def test_a_look_without_reading_opens_nothing(client: Client) -> None:
    answer = client.head(ask_for_review())

    assert answer.status_code == 200
    assert kinds() == ["sent"]


def test_the_row_does_not_hold_the_link() -> None:
    secret = ask_for_review().split("-", 1)[1].split(".")[0]

    row = ReviewInvitation.objects.values().get()

    assert not any(secret in str(value) for value in row.values())


# Comments --------------------------------------------------------------------


def test_a_comment_quotes_its_passage(client: Client) -> None:
    link = ask_for_review()

    answer = client.post(link, {"passage": "2", "words": "Say which."}, follow=True)

    assert "Say which." in words_of(answer)
    assert "<blockquote>A heading</blockquote>" in answer.content.decode()
    assert invitation().events.get(kind="commented").quote == "A heading"


def test_each_block_has_a_link_to_comment_on_it(client: Client) -> None:
    revision = make_draft(
        "knees", "One.\n\n---\n\n- Two\n- Three\n\n![](x)\n\nFour & more."
    ).latest_revision()
    link = ask_for_review(revision)

    page = client.get(link).content.decode()
    chosen = client.get(link, {"passage": "4"}).content.decode()

    assert re.findall(r"\?passage=(\d+)#review", page)[:3] == ["1", "2", "4"]
    assert '<option value="4" selected>4. Four &amp; more.</option>' in chosen
    assert page.count("Four &amp; more.</p>") == 1


@pytest.mark.parametrize("passage", ["99", "x", "<b>"])
def test_a_link_to_no_passage_chooses_none(client: Client, passage: str) -> None:
    page = client.get(ask_for_review(), {"passage": passage})

    assert page.status_code == 200
    assert " selected>" not in page.content.decode()


def test_a_text_without_words_can_be_read(client: Client) -> None:
    revision = make_draft("blank", "").latest_revision()

    assert client.get(ask_for_review(revision)).status_code == 200


@pytest.mark.parametrize("part", ["", "sign/", "changes/"])
def test_the_title_says_first_that_something_is_missing(
    client: Client, part: str
) -> None:
    link = ask_for_review()

    page = client.get(link + part)
    answer = client.post(link + part, {"words": "", "code": ""})

    assert "<title>Error: " not in page.content.decode()
    assert "<title>Error: " in answer.content.decode()


def test_a_comment_may_be_as_long_as_the_browser_lets_it(client: Client) -> None:
    link = ask_for_review()
    words = "\n".join(["x" * 99] * 50)

    client.post(link, {"passage": "0", "words": words.replace("\n", "\r\n")})

    assert ReviewLinkEvent.objects.get(kind="commented").words == words


def test_a_comment_may_be_on_the_whole_text(client: Client) -> None:
    client.post(ask_for_review(), {"passage": "0", "words": "Well done."})

    assert invitation().events.get(kind="commented").quote == ""


@pytest.mark.parametrize("passage", ["99", "-1", "x", "\x00"])
def test_a_comment_on_a_passage_that_is_not_there_loses_no_words(
    client: Client, passage: str
) -> None:
    page = client.post(ask_for_review(), {"passage": passage, "words": "Keep me."})

    assert page.status_code == 200
    assert "Keep me." in page.content.decode()
    assert kinds() == ["sent"]


# Signing ---------------------------------------------------------------------


def test_a_reviewer_signs_off_after_the_code(client: Client) -> None:
    link = ask_for_review()

    answer = client.post(f"{link}sign/", signing(code_by_mail(client, link)))

    made = SignOff.objects.get()
    assert "Thank you" in words_of(answer)
    assert made.revision == invitation().revision
    assert (made.way, made.credential) == ("link", "MD, cardiology")
    assert made.reviewer.conflicts_of_interest == "None."
    assert made.recorded_by is None
    assert kinds() == ["sent", "code-sent", "signed-off"]
    assert Revision.objects.with_state().get().state == "signed-off"


def test_a_known_contributor_signs_under_their_own_name(client: Client) -> None:
    known = make_contributor("Kim Known", credential="DO")
    link = ask_for_review(reviewer=known)
    code = code_by_mail(client, link)

    client.post(f"{link}sign/", signing(code, name="Other", conflicts="I own shares."))

    assert SignOff.objects.get().reviewer == known
    known.refresh_from_db()
    assert (known.name, known.conflicts_of_interest) == ("Kim Known", "I own shares.")


def test_who_signs_is_shown_as_readers_will_see_them(client: Client) -> None:
    known = make_contributor("Kim Known", credential="DO")
    link = ask_for_review(reviewer=known)
    Contributor.objects.filter(pk=known.pk).update(credential="DO, MPH")
    code = code_by_mail(client, link)

    page = client.get(f"{link}sign/").content.decode()
    client.post(f"{link}sign/", signing(code))

    assert 'value="DO, MPH"' in page
    assert SignOff.objects.get().credential == "DO, MPH"


@pytest.mark.parametrize(
    ("typed", "people"), [({}, 1), ({"name": "RAE outside"}, 1), ({"name": "Kim"}, 2)]
)
def test_who_signs_two_texts_by_two_links_is_one_person(
    client: Client, typed: dict[str, str], people: int
) -> None:
    first = ask_for_review()
    second = ask_for_review(make_draft("hips").latest_revision())

    client.post(f"{first}sign/", signing(code_by_mail(client, first)))
    code = code_by_mail(client, second)
    client.post(f"{second}sign/", signing(code, **typed))

    assert SignOff.objects.count() == 2
    assert Contributor.objects.filter(sign_offs__isnull=False).distinct().count() == (
        people
    )


@pytest.mark.parametrize(
    ("field", "fault"),
    [
        ("name", "This field is required."),
        ("conflicts", "Readers are told: say so when you have none."),
        ("has_read", "Tick this: it is what you sign."),
        ("code", "Type the six digits that were mailed to you."),
    ],
)
def test_nothing_is_signed_with_a_gap(client: Client, field: str, fault: str) -> None:
    link = ask_for_review()
    sent = signing(code_by_mail(client, link)) | {field: ""}

    page = client.post(f"{link}sign/", sent)

    assert fault in words_of(page)
    assert not SignOff.objects.exists()


def test_a_wrong_code_signs_nothing_and_is_logged(client: Client) -> None:
    link = ask_for_review()
    code = code_by_mail(client, link)
    wrong = "000000" if code != "000000" else "000001"

    page = client.post(f"{link}sign/", signing(wrong))

    assert "This code is wrong or too old" in words_of(page)
    assert "MD, cardiology" in page.content.decode()
    assert kinds()[-1] == "code-wrong"
    assert not SignOff.objects.exists()


def test_a_signature_needs_a_code_that_was_asked_for(client: Client) -> None:
    page = client.post(f"{ask_for_review()}sign/", signing(""))
    second = ask_for_review(invitation().revision, email="bo@example.org")
    other = client.post(f"{second}sign/", signing("123456"))

    assert page.status_code == other.status_code == 200
    assert not SignOff.objects.exists()


def test_the_action_itself_asks_for_the_confirmation() -> None:
    ask_for_review()

    with pytest.raises(ValidationError, match="not confirmed"):
        sign_by_link(
            invitation=invitation(),
            name="Rae",
            credential="MD",
            conflicts="None.",
            scope="All",
            code="",
        )


def test_who_signs_waits_for_the_guide_first_as_the_desk_does(client: Client) -> None:
    link = ask_for_review()
    code = code_by_mail(client, link)

    with CaptureQueriesContext(connection) as asked:
        client.post(f"{link}sign/", signing(code))

    said = [each["sql"] for each in asked if "FOR UPDATE" in each["sql"]]
    locked = [re.search(r'FROM "articles_(\w+)"', each)[1] for each in said]
    # the code alone is looked up and stored before that
    assert locked[:3] == ["reviewinvitation", "article", "reviewinvitation"]


def test_five_wrong_tries_end_a_code(client: Client) -> None:
    link = ask_for_review()
    code = code_by_mail(client, link)
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(TRIES_AT_MOST):
        assert not is_code_right(invitation=invitation(), code=wrong)

    assert not is_code_right(invitation=invitation(), code=code)


def test_a_code_is_too_old_after_a_quarter_of_an_hour(client: Client) -> None:
    code = code_by_mail(client, ask_for_review())
    set_back(seconds=CODE_LASTS.total_seconds() + 1)

    assert not is_code_right(invitation=invitation(), code=code)


def test_the_browser_can_fill_in_name_and_code(client: Client) -> None:
    link = ask_for_review()
    code_by_mail(client, link)

    page = client.get(f"{link}sign/").content.decode()

    for purpose in ("name", "one-time-code"):
        assert f'autocomplete="{purpose}"' in page


def test_a_code_that_does_not_work_any_more_is_not_asked_for(client: Client) -> None:
    link = ask_for_review()
    code = code_by_mail(client, link)
    fresh = words_of(client.get(f"{link}sign/"))
    wrong = "000000" if code != "000000" else "000001"
    for _ in range(TRIES_AT_MOST):
        used_up = words_of(client.post(f"{link}sign/", signing(wrong)))
    ReviewInvitation.objects.update(code_tries=0)
    set_back(days=2)
    old = words_of(client.get(f"{link}sign/"))

    assert "It holds for 15 minutes" in fresh
    for page in (used_up, old):
        assert "does not work any more: send a new code first" in page
        assert "It holds for 15 minutes" not in page


def test_codes_are_sent_one_a_minute_and_not_for_ever(client: Client) -> None:
    link = ask_for_review()
    code_by_mail(client, link)

    page = client.post(f"{link}sign/", {"send_code": "1"})
    set_back(seconds=CODE_PAUSE.total_seconds() + 1)
    code_by_mail(client, link)
    ReviewInvitation.objects.update(codes_sent=CODES_AT_MOST)
    set_back(hours=1)

    assert "A code was sent just now" in words_of(page)
    with pytest.raises(ValidationError, match="Too many codes"):
        send_code(invitation=invitation())


# Asking for changes ----------------------------------------------------------


def test_a_reviewer_asks_for_changes_and_the_link_is_used(client: Client) -> None:
    link = ask_for_review()

    client.post(f"{link}changes/", {"words": "Name the dose."})
    again = client.get(link)

    event = invitation().revision.review_events.last()
    assert (event.kind, event.words) == ("changes-asked", "Name the dose.")
    assert event.who == "Rae Outside, MD, by link"
    assert again.status_code == 410
    assert "changes asked for. A link works once." in words_of(again)


def test_what_a_reviewer_says_stands_on_top_of_the_desk(client: Client) -> None:
    link = ask_for_review()
    guide = invitation().revision.article
    editor = Client()
    editor.force_login(make_user("Editor"))
    address = desk_address(guide.pk)
    assert "takes its place, and is to be sent anew" in words_of(editor.get(address))
    client.post(link, {"passage": "2", "words": "Say\nwhich."})
    make_revision(guide, "Newer words.")
    client.post(link, {"passage": "1", "words": "Name the dose."})
    client.post(f"{link}changes/", {"words": "1. Shorter.\n2. Clearer."})

    page = editor.get(address)

    top, _, below = page.content.decode().partition('id="article_form"')
    assert "1. Shorter.<br>2. Clearer. (revision 1, Rae Outside" in top
    assert "Name the dose. (revision 1, Rae Outside" in top
    assert "Say<br>which. (revision 1, Rae Outside" in top
    assert "takes its place" not in top
    assert "Say<br>which." in below
    assert below.count("1. Shorter.<br>2. Clearer.") == 2
    send_for_review(revision=guide.latest_revision(), by=None)
    sent_anew = editor.get(address).content.decode().partition("article_form")[0]
    assert "Shorter." not in sent_anew
    assert "Name the dose." not in sent_anew


def test_what_a_second_reviewer_asks_for_stands_there_though_the_first_has_signed(
    client: Client,
) -> None:
    link = ask_for_review()
    text = invitation().revision
    other = ask_for_review(text, email="bo@example.org", name="Bo Second")
    client.post(f"{link}sign/", signing(code_by_mail(client, link)))
    client.post(f"{other}changes/", {"words": "The dose is ten times too high."})
    publisher = Client()
    publisher.force_login(make_user("Publisher"))

    page = publisher.get(desk_address(text.article_id)).content.decode()

    top = page.partition("editor-steps")[0]
    assert "Signed off" in top
    assert "The dose is ten times too high. (Bo Second, MD, by link" in top


def test_changes_are_asked_for_in_words(client: Client) -> None:
    page = client.post(f"{ask_for_review()}changes/", {"words": " "})

    assert "This field is required." in words_of(page)
    assert invitation().used_at is None


# Links that do not work ------------------------------------------------------


def expire() -> None:
    then = timezone.now() - datetime.timedelta(days=30)
    ReviewInvitation.objects.update(
        created_at=then, expires_at=then + datetime.timedelta(days=1)
    )


def use() -> None:
    ask_by_link(invitation=invitation(), words="More.")


def take_away() -> None:
    withdraw_link(invitation=invitation(), by=None)


BAD = [(expire, "has expired"), (use, "works once"), (take_away, "withdrew it")]


@pytest.mark.parametrize(("happens", "words"), BAD)
@pytest.mark.parametrize("part", ["", "sign/", "changes/"])
def test_a_link_that_ended_is_refused_told_why_and_logged(
    client: Client, happens, words: str, part: str
) -> None:
    link = ask_for_review()
    happens()

    answers = [
        client.get(link + part),
        client.post(
            link + part, signing("1", passage="0", words="My words.", send_code="1")
        ),
    ]

    for page in answers:
        assert page.status_code == 410
        assert words in words_of(page)
        assert "First words" not in words_of(page)
        assert "no-store" in page.headers["Cache-Control"]
        assert "noindex" in page.headers["X-Robots-Tag"]
    assert "My words." in words_of(answers[1])
    assert kinds()[-2:] == ["refused", "refused"]
    assert not SignOff.objects.exists()
    assert not invitation().events.filter(kind="commented").exists()


@pytest.mark.parametrize("happens", [each for each, _ in BAD])
def test_the_actions_look_at_the_row_again(happens) -> None:
    ask_for_review()
    stale = invitation()
    happens()

    with pytest.raises(ValidationError, match="does not work any more"):
        ask_by_link(invitation=stale, words="Late.")
    with pytest.raises(ValidationError, match="does not work any more"):
        is_code_right(invitation=stale, code="1")


@pytest.mark.parametrize("part", ["", "sign/", "changes/"])
def test_a_link_that_ends_while_a_form_is_sent_loses_no_words(
    client: Client, monkeypatch, part: str
) -> None:
    link = ask_for_review()
    stale = invitation()
    take_away()
    monkeypatch.setattr("articles.review_views.find_invitation", lambda _token: stale)

    page = client.post(
        link + part, signing("123456", passage="0", words="Kept.", scope="Kept.")
    )

    assert "This link does not work any more: Withdrawn." in words_of(page)
    assert "Kept." in page.content.decode()
    assert not SignOff.objects.exists()


ALTERED = [
    lambda link: f"{link[:-2]}{'A' if link[-2] != 'A' else 'B'}/",
    lambda link: link.replace("/review/", "/review/9"),
    lambda link: link[:20] + "/",
    lambda link: "/review/%00/",
    lambda link: f"/review/{'x' * 3000}/",
]


@pytest.mark.parametrize("alter", ALTERED)
def test_an_altered_link_is_refused_told_why_and_logged(
    client: Client, caplog, alter
) -> None:
    page = client.get(alter(ask_for_review()))

    assert page.status_code == 404
    assert "it was altered" in words_of(page)
    assert [record.name for record in caplog.records] == ["articles.review_links"]
    assert "/review/" not in caplog.text


def test_a_link_whose_guide_was_deleted_is_refused(client: Client) -> None:
    link = ask_for_review()
    invitation().revision.article.delete()

    answer = client.get(link)

    assert answer.status_code == 404
    assert "or the text was deleted" in words_of(answer)


def test_a_replaced_text_is_read_but_not_signed(client: Client) -> None:
    link = ask_for_review()
    code = code_by_mail(client, link)
    new = make_revision(invitation().revision.article, "Newer words.")

    page = client.get(link)
    answer = client.post(f"{link}sign/", signing(code, conflicts="I own shares."))

    assert "A newer text took the place of this one." in words_of(page)
    assert "Comment or ask for changes below the text." in words_of(page)
    assert "What you wrote is here to copy: I own shares." in words_of(answer)
    assert "First words." in words_of(page)
    assert "Newer words" not in words_of(page)
    assert "A newer text took the place" in words_of(answer)
    assert "You vouch for exactly this text" not in words_of(answer)
    assert not new.sign_offs.exists()
    assert not SignOff.objects.exists()


def test_a_code_for_one_link_opens_no_other(client: Client) -> None:
    first = ask_for_review()
    other = make_draft("hips").latest_revision()
    second = ask_for_review(other)
    code = code_by_mail(client, first)
    client.post(f"{second}sign/", {"send_code": "1"})

    client.post(f"{second}sign/", signing(code))

    assert not SignOff.objects.exists()


# Inviting --------------------------------------------------------------------


def own_author() -> dict[str, object]:
    author = make_contributor("Ada Author", credential="MD")
    revision = make_draft("own", author=author).latest_revision()
    return {"revision": revision, "reviewer": author}


def own_name() -> dict[str, object]:
    return own_author() | {"reviewer": None, "name": "ADA author"}


def writers_address() -> dict[str, object]:
    user = make_user("Editor", email="Wim@example.org")
    revision = make_draft("own").latest_revision()
    Revision.objects.filter(pk=revision.pk).update(created_by=user)
    return {"revision": Revision.objects.get(), "email": "wim@example.org"}


def authors_address() -> dict[str, object]:
    user = make_user(email="ada@example.org")
    author = make_contributor(user=user)
    revision = make_draft("own", author=author).latest_revision()
    return {"revision": revision, "email": "ADA@example.org"}


@pytest.mark.parametrize(
    "own", [own_author, own_name, writers_address, authors_address]
)
def test_nobody_is_invited_to_their_own_text(own) -> None:
    with pytest.raises(ValidationError, match="own text"):
        ask_for_review(**own())

    assert mail.outbox == []


def test_who_has_an_account_reviews_at_the_desk() -> None:
    user = make_user(email="doc@example.org")
    doctor = make_contributor(credential="MD", user=user)
    revision = make_draft("knees").latest_revision()

    for fields in ({"email": "doc@example.org"}, {"reviewer": doctor}):
        with pytest.raises(ValidationError, match="at the desk"):
            ask_for_review(revision, **fields)


def test_a_mailbox_gets_one_open_link_to_a_text() -> None:
    ask_for_review()
    revision = invitation().revision

    with pytest.raises(ValidationError, match="withdraw it first"):
        ask_for_review(revision, email="RAE@example.org")
    assert len(mail.outbox) == 1

    withdraw_link(invitation=invitation(), by=None)
    ask_for_review(revision)
    ask_for_review(make_revision(revision.article, "Newer words."))
    assert len(mail.outbox) == 3


def test_made_up_people_review_demonstrations_only() -> None:
    doctor = make_contributor(credential="MD", is_demo=True)

    with pytest.raises(ValidationError, match="demonstrations only"):
        ask_for_review(reviewer=doctor)


def test_the_writer_cannot_sign_under_a_new_name(client: Client) -> None:
    author = make_contributor("Ada Author")
    revision = make_draft("own", author=author).latest_revision()
    link = ask_for_review(revision)
    code = code_by_mail(client, link)

    page = client.post(f"{link}sign/", signing(code, name="Ada Author"))

    assert "Nobody signs off their own text" in words_of(page)
    assert not SignOff.objects.exists()


def test_only_editors_invite_and_withdraw() -> None:
    stranger = make_user("Publisher")
    revision = make_draft("knees").latest_revision()

    with pytest.raises(PermissionDenied):
        ask_for_review(revision, by=stranger)
    ask_for_review(revision)
    with pytest.raises(PermissionDenied):
        withdraw_link(invitation=invitation(), by=stranger)


@pytest.mark.parametrize("days", [0, 61])
def test_a_link_holds_for_a_while_only(days: int) -> None:
    with pytest.raises(ValidationError, match="from 1 to 60"):
        ask_for_review(days=days)


TO = "rae@example.org"
BUSY = SMTPRecipientsRefused({TO: (451, b"Greylisted, try again later")})
UNKNOWN = SMTPRecipientsRefused({TO: (550, b"No such user")})


@pytest.mark.parametrize(
    "fault", [OSError(), SMTPException(), SMTPDataError(452, b"Full"), BUSY]
)
def test_nothing_is_kept_of_a_mail_that_cannot_be_sent_now(monkeypatch, fault) -> None:
    monkeypatch.setattr(review_links, "send_mail", Mock(side_effect=fault))

    with pytest.raises(ValidationError, match="Try again in a few minutes"):
        ask_for_review()
    assert not ReviewInvitation.objects.exists()


def test_who_signs_is_told_which_day_readers_see(client: Client) -> None:
    page = words_of(client.get(f"{ask_for_review()}sign/"))

    assert f"the day, {timezone.now():%B %-d, %Y} (UTC)" in page


@pytest.mark.parametrize(
    "fault", [ValueError(), SMTPDataError(554, b"Looks like spam"), UNKNOWN]
)
def test_nobody_is_told_to_try_again_what_is_refused_for_good(
    monkeypatch, client: Client, fault
) -> None:
    text = make_draft("a").latest_revision()
    link = ask_for_review(text)
    monkeypatch.setattr(review_links, "send_mail", Mock(side_effect=fault))

    with pytest.raises(ValidationError, match="Look for a typing mistake") as refused:
        ask_for_review(text, email="bo@example.org", name="Bo")
    page = words_of(client.post(f"{link}sign/", {"send_code": "1"}))

    assert "in a few minutes" not in str(refused.value)
    assert "trying again will not help" in page
    assert ReviewInvitation.objects.count() == 1
    assert invitation().code_sent_at is None


def test_the_log_of_a_refused_mail_tells_why_and_not_to_whom(
    monkeypatch, caplog
) -> None:
    def refuse(*args: object) -> None:
        to = "rae@example.org"
        raise SMTPRecipientsRefused({to: (550, f"<{to}>: unknown".encode())})

    monkeypatch.setattr(review_links, "send_mail", refuse)

    with pytest.raises(ValidationError, match="was refused"):
        ask_for_review()
    assert "550" in caplog.text
    assert "unknown" in caplog.text
    assert "rae@" not in caplog.text


def test_a_used_link_is_not_withdrawn() -> None:
    ask_for_review()
    use()

    with pytest.raises(ValidationError, match="not open"):
        withdraw_link(invitation=invitation(), by=None)


def test_states_have_words() -> None:
    ask_for_review()

    assert (str(invitation()), invitation().state_in_words) == (
        "Rae Outside, MD",
        "Open",
    )
    assert str(invitation().events.get()) == "Rae Outside, MD: Link sent"
    use()
    assert invitation().state_in_words == "Changes asked for"


NOW = timezone.now()
BROKEN = [
    ("reviewinvitation_words_present", {"name": ""}),
    ("reviewinvitation_words_present", {"credential": ""}),
    ("reviewinvitation_link_is_hashed", {"link_hash": "plain"}),
    ("reviewinvitation_link_is_hashed", {"link_hash": "0" * 63}),
    ("reviewinvitation_link_is_hashed", {"link_hash": "G" * 64}),
    ("reviewinvitation_expires_later", {"expires_at": NOW, "created_at": NOW}),
    ("reviewinvitation_use_paired", {"used_at": NOW}),
    ("reviewinvitation_use_paired", {"used_to": "changes-asked"}),
    ("reviewinvitation_use_paired", {"used_at": NOW, "used_to": "look"}),
    (
        "reviewinvitation_signed_when_confirmed",
        {"used_at": NOW, "used_to": "signed-off"},
    ),
    (
        "reviewinvitation_used_or_withdrawn",
        {"used_at": NOW, "used_to": "changes-asked", "withdrawn_at": NOW},
    ),
]


@pytest.mark.parametrize(("name", "values"), BROKEN, ids=[n for n, _ in BROKEN])
def test_the_database_refuses(name: str, values: dict[str, object]) -> None:
    ask_for_review()

    with pytest.raises(IntegrityError, match=name):
        ReviewInvitation.objects.update(**values)


def test_the_database_refuses_a_comment_without_words() -> None:
    ask_for_review()

    with pytest.raises(IntegrityError, match="reviewlinkevent_comment_has_words"):
        ReviewLinkEvent.objects.create(invitation=invitation(), kind="commented")


def test_an_outside_reviewer_gets_a_page_of_their_own(client: Client) -> None:
    link = ask_for_review()
    client.post(f"{link}sign/", signing(code_by_mail(client, link)))

    assert Contributor.objects.get().slug.startswith("rae-outside-")


@pytest.mark.parametrize("name", ["Ann_Marie Doe", "N" * 59 + " Doe"])
def test_any_name_can_sign(client: Client, name: str) -> None:
    link = ask_for_review()

    client.post(f"{link}sign/", signing(code_by_mail(client, link), name=name))

    assert SignOff.objects.get().reviewer.name == name


def test_a_new_code_leaves_what_was_typed(client: Client) -> None:
    link = ask_for_review()
    code_by_mail(client, link)
    set_back(seconds=CODE_PAUSE.total_seconds() + 1)

    page = client.post(
        f"{link}sign/", signing("", conflicts="I own shares.") | {"send_code": "1"}
    )

    assert "I own shares." in page.content.decode()
    assert "MD, cardiology" in page.content.decode()
    assert len(mail.outbox) == 3
