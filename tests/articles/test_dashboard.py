"""The admin's first page: what waits for whom, one click from its place."""

import datetime
from unittest import mock

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.dashboard.ages import AGES, Bar, bars
from articles.housekeeping import Part, keep_house
from articles.models import (
    Article,
    ExternalLink,
    HousekeepingRun,
    ReviewEvent,
    Revision,
)
from articles.reviewing import ask_for_changes, send_for_review
from directory.models import ErrorReport, ImportRun, UnmappedSpecialty
from tests.articles.desk_form import change
from tests.articles.factories import (
    DAY,
    make_contributor,
    make_draft,
    make_guide,
    make_public,
    make_revision,
    make_source,
    make_user,
    sign,
    take_back,
)
from tests.factories import make_doctor, make_hospital

pytestmark = pytest.mark.django_db

INDEX = reverse("admin:index")
TODAY = datetime.datetime(2026, 11, 25, 12, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def _noon() -> None:
    with mock.patch("django.utils.timezone.now", return_value=TODAY):
        yield


def see(user: User) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(INDEX)
    assert answer.status_code == 200
    return answer.content.decode()


def part(page: str, slug: str) -> str:
    """Return the HTML of one section."""
    start = page.index(f'id="dashboard-{slug}"')
    return page[start : page.index("</section>", start)]


def titles(page: str) -> list[str]:
    return [line.split('"')[0] for line in page.split('id="dashboard-')[1:]]


def link(address: str, text: str) -> str:
    return f'<a href="{address}">{text}</a>'


def written(by: User, slug: str, **fields: object) -> Article:
    """Return a draft that somebody stored."""
    article = make_draft(slug, **fields)
    Revision.objects.filter(article=article).update(created_by=by)
    return article


def test_an_empty_desk_says_so_in_words() -> None:
    page = see(make_user("Editor-in-chief", "Directory manager"))

    for words in (
        "Nothing waits for you.",
        "No text waits for review.",
        "No guide is due for review within 60 days.",
        "No reader reported a mistake",
        "No external link is known to be broken.",
        "No guide cites a source that was withdrawn",
        "Every public guide names its sources.",
        "Every public guide reads at grade 6 or lower.",
        "Every guide that a text links to is there.",
        "No report about a doctor or a hospital waits.",
        "Every specialty and hospital of the files has its place.",
        "Nothing was imported yet.",
        "It has not run yet",
    ):
        assert words in page
    assert "Age of medical reviews" not in page


def test_everybody_sees_what_is_theirs_and_the_lists() -> None:
    guide_parts = ["mine", "waiting", "due"]
    broken = ["broken", "doubtful", "unsourced", "hard", "wanted"]
    house = ["reports", "unmapped", "imports", "housekeeping"]

    assert titles(see(make_user("Editor"))) == [*guide_parts, "readers", *broken]
    assert titles(see(make_user("Medical reviewer"))) == guide_parts
    assert titles(see(make_user("Publisher"))) == [*guide_parts, "housekeeping"]
    assert titles(see(make_user("Directory manager"))) == house
    nobody = see(make_user())
    assert titles(nobody) == []
    assert "permission to view or edit anything" in nobody
    assert reverse("admin:articles_article_changelist") in see(make_user("Editor"))


def test_a_writer_sees_drafts_and_wishes_of_their_own() -> None:
    edda, emil = make_user("Editor"), make_user("Editor")
    draft = written(edda, "draft", title="My draft")
    sent_back = written(edda, "sent-back", title="Sent back")
    send_for_review(revision=sent_back.latest_revision(), by=None)
    ask_for_changes(revision=sent_back.latest_revision(), words="Shorter.", by=None)
    written(emil, "his", title="His draft")
    by_name = make_draft("named", title="Named", author=make_contributor(user=edda))
    in_review = written(edda, "in-review", title="In review")
    send_for_review(revision=in_review.latest_revision(), by=None)
    make_guide("public", title="Public")

    mine = part(see(edda), "mine")

    assert link(change(draft), "My draft") in mine
    assert "Draft, not sent for review" in mine
    assert link(change(by_name), "Named") in mine
    assert mine.index("Sent back") < mine.index("My draft")
    assert "Changes asked for" in mine
    for other in ("His draft", "In review", "Public"):
        assert other not in mine
    assert link(change(in_review), "In review") in part(see(emil), "waiting")


def test_the_editor_in_chief_sees_the_texts_of_those_who_have_left() -> None:
    chief, left = make_user("Editor-in-chief"), make_user("Editor")
    theirs = written(left, "theirs", title="Left behind")
    send_for_review(revision=theirs.latest_revision(), by=None)
    ask_for_changes(revision=theirs.latest_revision(), words="Shorter.", by=None)
    by_name = make_contributor(user=make_user("Editor"))
    make_draft("named", title="Named", author=by_name)
    written(make_user("Editor"), "his", title="His draft")
    left.is_active = False
    left.save()

    mine = part(see(chief), "mine")

    assert link(change(theirs), "Left behind") in mine
    assert "Changes asked for; its author has no login" in mine
    assert "Named" not in mine
    assert "His draft" not in mine
    assert "Left behind" not in part(see(make_user("Editor")), "mine")


def test_a_reviewer_sees_what_waits_but_for_their_own_texts() -> None:
    rae = make_user("Medical reviewer")
    sent = make_draft("sent", title="Sent text")
    own = make_draft("own", title="Own text", author=make_contributor(user=rae))
    for article in (sent, own):
        send_for_review(revision=article.latest_revision(), by=None)
    ReviewEvent.objects.update(at=TODAY)
    make_draft("draft", title="Draft text")

    page = see(rae)

    assert link(change(sent), "Sent text") in part(page, "mine")
    assert "Review and sign off" in part(page, "mine")
    assert "Own text" not in part(page, "mine")
    assert "Own text" in part(page, "waiting")
    assert "since November 25, 2026" in part(page, "waiting")
    assert "Draft text" not in page


def test_a_publisher_sees_what_may_go_out() -> None:
    signed = make_draft("signed", title="Signed text")
    sign(signed.latest_revision())
    newer = make_guide("newer", title="Old text")
    sign(make_revision(newer, "Better words.", title="Newer text"))
    make_draft("page", title="A page", kind=Article.Kind.PAGE)
    make_draft("draft", title="Unsigned text")
    make_guide("public", title="Public text")
    later = make_draft("later", title="Planned text").latest_revision()
    make_public(later, at=TODAY + datetime.timedelta(days=1))
    taken = make_guide("taken", title="Withdrawn text")
    take_back(taken)

    mine = part(see(make_user("Publisher")), "mine")

    step = reverse("admin:articles_article_step", args=[signed.pk, "publish"])
    assert link(step, "Signed text") in mine
    assert "Newer text" in mine
    assert "A page" in mine
    assert "Unsigned text" not in mine
    for other in ("Old text", "Public text", "Planned text", "Withdrawn text"):
        assert other not in mine


def test_what_is_due_is_told_in_order_and_a_writer_is_told_of_their_own() -> None:
    edda = make_user("Editor")
    author = make_contributor(user=edda)
    late = make_guide("late", title="Late", reviewed_on=datetime.date(2025, 11, 1))
    make_guide(
        "soon", title="Soon", author=author, reviewed_on=datetime.date(2025, 12, 20)
    )
    make_guide("later", title="Later", reviewed_on=datetime.date(2026, 1, 20))
    make_guide("today", title="Today", reviewed_on=datetime.date(2025, 11, 25))
    make_guide("fresh", title="Fresh")

    due = part(see(make_user("Editor-in-chief")), "due")

    assert link(change(late), "Late") in due
    assert "Overdue since November 1, 2026" in due
    assert "Due: November 25, 2026" in due
    assert "Due within 30 days: December 20, 2026" in due
    assert "Due within 60 days: January 20, 2027" in due
    order = [due.index(f">{name}</a>") for name in ("Late", "Today", "Soon", "Later")]
    assert order == sorted(order)
    assert due.count("dashboard-row--urgent") == 1
    assert "Fresh" not in due
    assert "You see the guides that you wrote" in see(edda)
    assert "You see the guides that you wrote" not in see(make_user("Publisher"))
    own = part(see(edda), "due")
    assert "Soon" in own
    assert "Late" not in own


def test_a_broken_link_leads_to_each_guide_that_has_it() -> None:
    text = "<https://example.org/gone> and again <https://example.org/gone>"
    first, second = make_guide("a", text, title="A"), make_guide("b", text, title="B")
    make_revision(first, f"Now:\n\n{text}", title="A anew")
    mended = make_draft("c", text, title="C")
    make_revision(mended, "Nothing.")
    ExternalLink.objects.update(
        answer="404", strikes=2, first_failed_at=TODAY, checked_at=TODAY
    )

    broken = part(see(make_user("Editor-in-chief")), "broken")

    assert link(change(first), "https://example.org/gone") in broken
    assert link(change(second), "https://example.org/gone") in broken
    assert "in A anew, line 3: " in broken
    assert broken.count("example.org/gone") == 2
    assert reverse("admin:articles_externallink_changelist") + "?broken=1" in broken


def test_the_broken_link_of_a_source_leads_to_each_guide_that_cites_it() -> None:
    gone = ExternalLink.objects.create(
        url="https://doi.org/10.1000/x",
        answer="404",
        strikes=2,
        first_failed_at=TODAY,
        checked_at=TODAY,
    )
    source = make_source("gone-2020", doi="10.1000/x", external_link=gone)
    guide = make_guide("a", title="A", sources=[source])

    broken = part(see(make_user("Editor-in-chief")), "broken")

    assert link(change(guide), "https://doi.org/10.1000/x") in broken
    assert "source gone-2020 of A: answered 404" in broken


def test_guides_with_weak_ground_are_named() -> None:
    chief = make_user("Editor-in-chief")
    fallen = make_source(
        "fallen-2020", standing="withdrawn", standing_since=DAY, standing_note="Faked."
    )
    cites = make_guide("cites", title="Citing", sources=[fallen])
    bare = make_guide("bare", title="Bare")
    make_guide("page", title="Page", kind=Article.Kind.PAGE)

    page = see(chief)

    assert link(change(cites), "Citing") in part(page, "doubtful")
    assert "Bare" not in part(page, "doubtful")
    assert link(change(bare), "Bare") in part(page, "unsourced")
    assert "Citing" not in part(page, "unsourced")
    assert "Page" not in part(page, "unsourced")


HARD = (
    "Postoperative rehabilitation necessitates interdisciplinary coordination between "
    "orthopedic specialists and physiotherapists throughout recuperation."
)


def test_the_hardest_guides_come_first() -> None:
    hard = make_guide("hard", HARD, title="Hard")
    medium = make_guide(
        "medium",
        f"{HARD} We see you. You can go home. It is all right.",
        title="Medium",
    )
    make_guide("easy", "You go home. You rest. You eat.", title="Easy")

    section = part(see(make_user("Editor-in-chief")), "hard")

    assert section.index(link(change(hard), "Hard")) < section.index("Medium")
    grade = medium.latest_revision().grade
    assert f"Grade {grade:.1f}" in section
    assert "Easy" not in section


def test_texts_from_before_are_graded_by_housekeeping() -> None:
    guide = make_guide("hard", HARD, title="Hard")
    make_guide("wordless", "")
    grade = guide.latest_revision().grade
    Revision.objects.update(grade=None)
    assert ">Hard<" not in part(see(make_user("Editor-in-chief")), "hard")

    run = keep_house()

    [words] = [each.words for each in run.outcomes.all() if "grades" in each.part]
    assert words.startswith("1 graded")
    assert guide.latest_revision().grade == grade


def test_a_wanted_guide_is_one_click_from_being_written() -> None:
    make_draft("a", "[x](article:not-there) and [y](article:nowhere)")
    make_draft("b", "[x](article:not-there)")

    wanted = part(see(make_user("Editor")), "wanted")

    add = reverse("admin:articles_article_add")
    assert link(f"{add}?slug=not-there", "not-there") in wanted
    assert "2 texts link to it" in wanted
    assert "1 text links to it" in wanted


def test_the_words_of_readers_are_shown_until_they_are_dealt_with() -> None:
    edda = make_user("Editor")
    own = make_guide("own", author=make_contributor(user=edda))
    other = make_guide("other")
    for guide in (own, other):
        guide.mistake_reports.create(words=f"<b>{guide.slug}</b> {'x' * 200}")
        guide.helpful_answers.create(is_helpful=False)
        guide.helpful_answers.create(is_helpful=True)
    own.mistake_reports.create(words="done", dealt_with_at=TODAY)

    chiefs = part(see(make_user("Editor-in-chief")), "readers")
    mine = part(see(edda), "readers")

    report = own.mistake_reports.get(dealt_with_at=None)
    address = reverse("admin:articles_mistakereport_change", args=[report.pk])
    assert f'<a href="{address}">&lt;b&gt;own&lt;/b&gt; xxx' in mine
    assert "x…</a>" in mine
    assert "Mistake reported in own" in mine
    assert "Helpful: 1 yes, 1 no" in mine
    assert "other" not in mine
    assert "done" not in chiefs
    assert "Mistake reported in other" in chiefs


def test_the_directory_manager_sees_loose_ends_and_imports() -> None:
    manager = make_user("Directory manager")
    value = UnmappedSpecialty.objects.create(published="ALCHEMY", clinicians=1234)
    number = make_hospital(is_stub=True, ccn="999999")
    doctor = make_doctor("Nobody", hospitals=(number,))
    report = ErrorReport.objects.create(practitioner=doctor, kind="phone")
    for state, refused in (("done", 12), ("failed", 0)):
        last = ImportRun.objects.create(
            dataset="doctors", version="2026-02", file_name="f", state=state
        )
        ImportRun.objects.filter(pk=last.pk).update(read=refused, refused=refused)

    ImportRun.objects.create(
        dataset="affiliations", version="2026-02", file_name="f", refused=1
    )

    page = see(manager)

    address = reverse("admin:directory_unmappedspecialty_change", args=[value.pk])
    assert link(address, "ALCHEMY") in part(page, "unmapped")
    assert "1,234 clinicians" in part(page, "unmapped")
    assert "1 hospital number</a>" in part(page, "unmapped")
    reported = reverse("admin:directory_errorreport_change", args=[report.pk])
    assert reported in part(page, "reports")
    imports = part(page, "imports")
    assert reverse("admin:directory_importrun_change", args=[last.pk]) in imports
    assert "Broke off on November 25, 2026" in imports
    assert ", 1 row refused" in imports
    assert "12 rows refused" not in imports  # an older run of the same file


def test_who_may_not_mend_hospitals_is_not_sent_to_them() -> None:
    user = make_user()
    name = "change_unmappedspecialty"
    user.user_permissions.set(Permission.objects.filter(codename=name))
    make_doctor(hospitals=(make_hospital(is_stub=True, ccn="999999"),))

    assert "hospital number" not in part(see(user), "unmapped")


@pytest.mark.parametrize(
    ("days", "ended", "words"),
    [(0, True, "All done"), (0, False, "Still at work"), (3, True, "is the timer on?")],
)
def test_the_last_housekeeping_is_told(days: int, ended: bool, words: str) -> None:
    at = TODAY - datetime.timedelta(days=days)
    HousekeepingRun.objects.create(started_at=at, ended_at=at if ended else None)

    section = part(see(make_user("Publisher")), "housekeeping")

    assert words in section
    assert f"Last run {timezone.localtime(at):%B %-d, %Y, %H:%M}" in section


def test_what_failed_in_the_night_is_named() -> None:
    def fail() -> str:
        raise OSError("No mail server.")

    keep_house([Part("Reminders", fail), Part("Rest", lambda: "done")])

    section = part(see(make_user("Publisher")), "housekeeping")

    assert "Done but for this:" in section
    assert "Failed: No mail server." in section
    assert section.count("dashboard-row--urgent") == 1
    assert "Rest" not in section


def test_ages_are_bars_with_their_numbers() -> None:
    today = datetime.date(2026, 11, 25)
    days = [
        datetime.date(2026, 11, 25),
        datetime.date(2026, 8, 26),
        datetime.date(2026, 8, 25),
        datetime.date(2025, 5, 26),
        datetime.date(2025, 5, 25),
        datetime.date(2020, 2, 29),
    ]

    found = bars(days, today)

    assert [bar.count for bar in found] == [2, 1, 0, 0, 1, 2]
    assert found[0] == Bar("Under 3 months", 2, 200)
    assert found[1].length == 100
    assert [bar.length for bar in bars([], today)] == [0] * len(AGES)


def test_the_bars_have_a_text_for_those_who_do_not_see_them() -> None:
    make_guide("a", reviewed_on=datetime.date(2026, 11, 1))
    make_guide("b", reviewed_on=datetime.date(2025, 1, 1))

    section = part(see(make_user("Publisher")), "ages")

    assert "2 public guides by the time since" in section
    assert '<th scope="row">Under 3 months</th>' in section
    assert section.count('<td class="dashboard-ages__count">1</td>') == 2
    assert section.count('aria-hidden="true"') == len(AGES)


def test_many_rows_are_folded_and_cost_no_query_more(
    django_assert_max_num_queries,
) -> None:
    source = make_source("fallen-2020", standing="withdrawn", standing_since=DAY)
    user = make_user("Editor-in-chief", "Directory manager")

    def fill(names: range) -> None:
        for number in names:
            old = datetime.date(2025, 1, 1)
            guide = make_guide(f"g-{number}", HARD, reviewed_on=old, sources=[source])
            make_guide(f"bare-{number}")
            make_draft(
                f"d-{number}", f"[x](article:no-{number}) <https://a.org/{number}>"
            )
            guide.mistake_reports.create(words="Wrong.")
            UnmappedSpecialty.objects.create(published=f"U{number}", clinicians=1)
        ExternalLink.objects.update(
            answer="404", strikes=2, first_failed_at=TODAY, checked_at=TODAY
        )

    client = Client()
    client.force_login(user)
    fill(range(1))
    with django_assert_max_num_queries(30):
        client.get(INDEX)
    fill(range(1, 8))

    with django_assert_max_num_queries(30):
        page = client.get(INDEX).content.decode()

    due = part(page, "due")
    assert "<summary>2 more</summary>" in due
    assert due.count("<li") == 8
