"""A page that a new release overtook is made again."""

import pytest
from django.http import HttpResponse

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
