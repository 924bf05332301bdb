# ruff: noqa: E501 - the HTML that is expected reads best in one piece
"""Cross-links, links to other sites, and what is refused in words."""

import re
from html import escape

import pytest

from articles.markdown import ExternalLink, Reference, render

SOUND = {
    "article:knee-replacement-recovery": ("article", "knee-replacement-recovery"),
    "specialization:urologic-oncology": ("specialization", "urologic-oncology"),
    "doctors:cardiology": ("doctors", "cardiology"),
    "doctors:cardiology/tx": ("doctors", "cardiology/tx"),
    "doctors:cardiology/tx/houston": ("doctors", "cardiology/tx/houston"),
    "hospital:220071": ("hospital", "220071"),
    "hospital:01013F": ("hospital", "01013F"),
    "doctor:9912345678": ("doctor", "9912345678"),
    "page:specializations": ("page", "specializations"),
    "< article: knee >": ("article", "knee"),
    "article:knee%2Dpain": ("article", "knee-pain"),
    "article&#58;knee": ("article", "knee"),
}


@pytest.mark.parametrize("address", SOUND)
def test_a_cross_link_leaves_a_placeholder_and_a_reference(address: str) -> None:
    kind, key = SOUND[address]

    rendered = render(f"See [the *words*]({address}).")

    assert rendered.html == (
        '<p>See <a data-crosslink="0">the <em>words</em></a>.</p>\n'
    )
    assert rendered.references == [Reference(0, kind, key, "the words", 1, 5)]
    assert rendered.problems == []


EVERYWHERE = {
    "paragraph": ("a\nb [x](page:home)", 2, 3),
    "reference": ("a [x][y]\n\n[y]: page:home", 1, 3),
    "collapsed reference": ("[x][]\n\n[x]: page:home", 1, 1),
    "shortcut reference": ("a [x]\n\n[x]: <page:home>", 1, 3),
    "heading": ("## a [x](page:home)", 1, 6),
    "underlined heading": ("a [x](page:home)\n---", 1, 3),
    "list": ("- a\n- b\n  - c [x](page:home)", 3, 7),
    "numbered list": ("1. a\n\n   b [x](page:home)", 3, 6),
    "quote": ("> a\n> b [x](page:home)", 2, 5),
    "lazy quote": ("> a\nb [x](page:home)", 2, 3),
    "cell": ("| a | b |\n|---|---|\n| c | d [x](page:home) |", 3, 9),
    "second of two cells": ("|a|b|\n|-|-|\n|`x`|[x](page:home)|", 3, 6),
    "cell with a pipe": ("|a|\n|-|\n| \\| [x](page:home)|", 3, 6),
    "head cell": ("| a | [x](page:home) |\n|---|---|", 1, 7),
    "caption": ("Table: a [x](page:home)\n\n|a|\n|-|", 1, 10),
    "note": ("a[^1]\n\n[^1]: b [x](page:home)", 3, 9),
    "note of paragraphs": ("a[^1]\n\n[^1]: b\n\n    c [x](page:home)", 5, 7),
    "term": ("a [x](page:home)\n: b", 1, 3),
    "definition": ("a\n: b [x](page:home)", 2, 5),
    "block title": ("a\n\n::: tip b [x](page:home)\nc\n:::", 3, 11),
    "language": ("[a [x](page:home)]{lang=fr}", 1, 4),
    "emphasis": ("**a _[x](page:home)_**", 1, 6),
    "tab before": ("-\ta [x](page:home)", 1, 5),
    **{
        f"block {name}": (f"::: {name} a\n- b [x](page:home)\n:::", 2, 5)
        for name in ("emergency", "urgent", "see-doctor", "warning", "tip", "script")
    },
    **{
        f"block {name}": (f"::: {name}\n- b [x](page:home)\n:::", 2, 5)
        for name in ("checklist", "do", "dont", "key-points")
    },
}


@pytest.mark.parametrize("name", EVERYWHERE)
def test_a_cross_link_works_and_is_found_in_every_construct(name: str) -> None:
    source, line, column = EVERYWHERE[name]

    rendered = render(source)

    assert rendered.problems == []
    assert rendered.html.count('<a data-crosslink="0">x</a>') == 1
    assert rendered.references == [Reference(0, "page", "home", "x", line, column)]


def test_references_are_numbered_in_the_order_of_the_page() -> None:
    source = (
        "[a](page:a) ![b](/x)[^1]\n\n[^1]: [d](page:d)\n\n::: tip [b](page:b)\n"
        "[c](page:c)\n:::"
    )

    rendered = render(source)

    assert re.findall(r'data-crosslink="(\d)"', rendered.html) == ["0", "1", "2", "3"]
    assert [each.key for each in rendered.references] == ["a", "b", "c", "d"]


OUTSIDE = {
    "https://www.example.org/a?b=c&d#e": "https://www.example.org/a?b=c&d#e",
    "http://example.org": "http://example.org",
    "HTTPS://Example.org/": "https://Example.org/",
    "https://münchen.example/ä": "https://xn--mnchen-3ya.example/%C3%A4",
    "https://example.org:8443/": "https://example.org:8443/",
    "https://[2001:db8::1]/": "https://[2001:db8::1]/",
    "mailto:office@example.org?subject=Records": "mailto:office@example.org?subject=Records",
    "mailto:office@example.org?subject=My%20file": "mailto:office@example.org?subject=My%20file",
    "MAILTO:office@example.org": "mailto:office@example.org",
    "tel:911": "tel:911",
    "tel:+1-555-0100": "tel:+1-555-0100",
    "<tel:+1 555 0100>": "tel:+15550100",
}


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_link_outside_is_a_link_and_listed(address: str) -> None:
    rendered = render(f"a\n\n[the *words*]({address})")

    assert rendered.problems == []
    found = rendered.external_links
    assert [(each.url.lower(), each.text, each.line) for each in found] == [
        (OUTSIDE[address].lower(), "the words", 3)
    ]
    assert f'href="{escape(OUTSIDE[address])}"'.lower() in rendered.html.lower()
    is_site = address.lower().startswith("http")
    assert ('class="external-link" rel="external"' in rendered.html) is is_site


def test_a_title_of_a_link_outside_is_kept() -> None:
    html = render('[a](https://b.example "c & d")').html

    assert 'title="c &amp; d"' in html


def test_addresses_in_angle_brackets_are_links() -> None:
    rendered = render("<https://a.example/b> <office@a.example>")

    assert rendered.external_links == [
        ExternalLink("https://a.example/b", "https://a.example/b", 1),
        ExternalLink("mailto:office@a.example", "office@a.example", 1),
    ]


def test_a_link_leads_to_a_heading_of_the_page() -> None:
    rendered = render("[a](#über-uns) [b](#two)\n\n## Two\n\n## Über uns {#uber-uns}")

    assert '<a href="#two">b</a>' in rendered.html
    assert [each.code for each in rendered.problems] == ["link-anchor-missing"]


# written -> code of the problem, a piece of what the editor reads
REFUSED = {
    "[w](/articles/knee/)": ("link-path", "article:knee"),
    "[w](/articles/knee.md)": ("link-path", "article:knee"),
    "[w](/articles/knee/?a=b#c)": ("link-path", "article:knee"),
    "[w](/specializations/cardiology/)": ("link-path", "specialization:cardiology"),
    "[w](/doctors/cardiology/)": ("link-path", "doctors:cardiology"),
    "[w](/doctors/cardiology/tx/houston/)": (
        "link-path",
        "doctors:cardiology/tx/houston",
    ),
    "[w](/hospital/220071/mass-general/)": ("link-path", "hospital:220071"),
    "[w](/doctor/9912345678/jane-doe/)": ("link-path", "doctor:9912345678"),
    "[w](/about/privacy/)": ("link-path", "page:privacy"),
    "[w](/specializations/)": ("link-path", "page:specializations"),
    "[w](/)": ("link-path", "page:home"),
    "[w](/somewhere)": ("link-path", "not an address"),
    "[w](knee)": ("link-path", "not an address"),
    "[w]()": ("link-empty", "leads nowhere"),
    "[w](<>)": ("link-empty", "leads nowhere"),
    "[w](#none)": ("link-anchor-missing", "“none”"),
    "[w](#)": ("link-anchor-missing", "“”"),
    "[w](Article:knee)": ("link-kind-unknown", "article:knee"),
    "[w](artcle:knee)": ("link-kind-unknown", "Did you mean “article:”?"),
    "[w](javascript:alert)": ("link-kind-unknown", "cannot begin with “javascript:”"),
    "[w](article:)": ("link-key-malformed", "After “article:” comes"),
    "[w](article:Knee)": ("link-key-malformed", "small letters: article:knee"),
    "[w](article:knee#part)": ("link-key-malformed", "article:knee-replacement"),
    "[w](article:a--b)": ("link-key-malformed", "article:knee-replacement"),
    "[w](doctors:cardiology/texas)": ("link-key-malformed", "state and city"),
    "[w](doctors:cardiology/tx/)": ("link-key-malformed", "state and city"),
    "[w](hospital:2200)": ("link-key-malformed", "six-character"),
    "[w](doctor:12345)": ("link-key-malformed", "ten digits"),
    "[w](https:example.org)": ("link-address-malformed", "not complete"),
    "[w](https://a@b.example)": ("link-address-malformed", "password"),
    "[w](mailto:office)": ("link-address-malformed", "mailto:office@example.org"),
    "[w](tel:office)": ("link-address-malformed", "tel:+15550100"),
    '[w](page:home "x")': ("link-title", "Take away “x”"),
    "<page:home>": ("link-without-words", "[words](page:home)"),
}


@pytest.mark.parametrize("written", REFUSED)
def test_a_refused_link_is_plain_words_and_a_problem(written: str) -> None:
    code, words = REFUSED[written]

    rendered = render(f"a\n\nb {written} c")

    text = "page:home" if written.startswith("<") else "w"
    assert rendered.html == f"<p>a</p>\n<p>b {text} c</p>\n"
    assert rendered.references == []
    (problem,) = rendered.problems
    assert (problem.line, problem.column, problem.code) == (3, 3, code)
    assert words in problem.message


@pytest.mark.parametrize(
    "written", ["[](page:home)", "[ ](page:home)", "[](https://a.example)"]
)
def test_a_link_without_words_is_refused(written: str) -> None:
    rendered = render(written)

    assert "<a" not in rendered.html
    assert [each.code for each in rendered.problems] == ["link-without-words"]


def test_a_very_long_key_is_refused() -> None:
    assert render(f"[a](article:{'b' * 201})").problems[0].code == "link-key-malformed"


def test_links_do_not_stand_in_links() -> None:
    rendered = render("[a <https://b.example> c](page:home)")

    assert rendered.html == ('<p><a data-crosslink="0">a https://b.example c</a></p>\n')
    assert [each.code for each in rendered.problems] == ["link-in-link"]
    assert rendered.external_links == []


def test_a_note_in_the_words_of_a_link_stays_text() -> None:
    rendered = render("[a[^1] b](page:home) c[^1]\n\n[^1]: d")

    assert '<a data-crosslink="0">a[^1] b</a>' in rendered.html
    assert [each.code for each in rendered.problems] == ["note-in-link"]


def test_a_picture_in_the_words_of_a_link_is_its_words() -> None:
    rendered = render("[![a knee](/media/a.png)](page:home)")

    assert rendered.html == '<p><a data-crosslink="0">a knee</a></p>\n'
    assert rendered.references[0].text == "a knee"


@pytest.mark.parametrize(
    "address",
    ["https://ex.org/@knee", "https://ex.org/a?b=c@d", "https://ex.org/#a@b"],
)
def test_an_address_may_have_an_at_sign_behind_its_host(address: str) -> None:
    rendered = render(f"[Knees]({address})")

    assert f'href="{address}"' in rendered.html
    assert [link.url for link in rendered.external_links] == [address]


def test_words_of_a_link_may_be_of_another_language() -> None:
    rendered = render("[a [b]{lang=fr}](article:c)")

    assert rendered.problems == []
    assert '<a data-crosslink="0">a <span lang="fr">b</span></a>' in rendered.html


@pytest.mark.parametrize(
    "written",
    [
        "[x](article: abc)",
        "[x] (article:z)",
        "[x](article:z",
        "[x](https: //ex.org)",
        "[x](Tel: 911)",
        "[x](our page)",
        "[*x*](/articles/a b/)",
    ],
)
def test_a_link_that_was_not_read_is_a_problem(written: str) -> None:
    (problem,) = render(f"Go to {written} now.").problems

    assert problem.code == "link-unfinished"
    assert render(f"`{written}`").problems == []


@pytest.mark.parametrize(
    "written", [r"\[x\](article:y)", r"\[x](y)", r"\[^a b\]", "a [1] (b)"]
)
def test_signs_that_are_meant_to_be_seen_are_no_problem(written: str) -> None:
    assert render(written).problems == []
