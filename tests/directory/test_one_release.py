"""A page that a new release overtook is made again."""

import pytest
from django.http import Http404, HttpResponse

from directory import one_release
from directory.one_release import Seen, of_one_release


@pytest.mark.parametrize(
    ("known", "marks", "made"),
    [(1, [1], 1), (1, [2, 2], 2), (1, [2, 3, 3], 3), (None, [1, 1], 1)],
    ids=["no release", "one release", "two releases", "the first page of a process"],
)
def test_a_page_is_made_until_no_release_came_meanwhile(
    rf, monkeypatch, known, marks, made
):
    coming = iter(marks)
    monkeypatch.setattr(Seen, "mark", known)
    monkeypatch.setattr(one_release, "current_mark", lambda: next(coming))
    pages = []

    @of_one_release
    def page(request, name):
        pages.append(f"{name} {len(pages)}")
        return HttpResponse(pages[-1])

    response = page(rf.get("/"), "page")

    assert response.content.decode() == f"page {made - 1}"
    assert Seen.mark == marks[-1]
    assert list(coming) == []


def test_a_page_that_was_not_found_is_looked_for_in_the_new_release(rf, monkeypatch):
    coming = iter([2, 2])
    monkeypatch.setattr(Seen, "mark", 1)
    monkeypatch.setattr(one_release, "current_mark", lambda: next(coming))
    answers = iter([Http404("of two releases"), None])

    @of_one_release
    def page(request):
        if error := next(answers):
            raise error
        return HttpResponse("found")

    assert page(rf.get("/")).content == b"found"
    assert list(coming) == []


def test_a_page_that_no_release_has_is_not_found(rf, monkeypatch):
    monkeypatch.setattr(Seen, "mark", 1)
    monkeypatch.setattr(one_release, "current_mark", lambda: 1)

    @of_one_release
    def page(request):
        raise Http404("nowhere")

    with pytest.raises(Http404, match="nowhere"):
        page(rf.get("/"))
