# ruff: noqa: E501, ISC004 - the HTML that is expected reads best in one piece
"""What a text becomes: headings, tables, notes, figures, plain words, positions."""

import pytest

from articles.markdown import MAX_SOURCE_BYTES, Heading, SourceTooLong, render
from articles.markdown.outline import slug
from tests.articles.html_tree import Elements


def codes(source: str) -> list[str]:
    return [problem.code for problem in render(source).problems]


def places(source: str) -> list[tuple[int, int, str]]:
    return [(each.line, each.column, each.code) for each in render(source).problems]


HTML = {
    "paragraph": ("A *b* **c** `d`.", "<p>A <em>b</em> <strong>c</strong> <code>d</code>.</p>"),
    "line end": ("a  \nb", "<p>a<br>\nb</p>"),
    "list from three": ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
    "quote": ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
    "rule": ("a\n\n***", "<p>a</p>\n<hr>"),
    "code scrolls by keyboard": (
        "```python\na < b\n```",
        '<pre tabindex="0"><code>a &lt; b\n</code></pre>',
    ),
    "definition list": (
        "Stent\n: A small tube.",
        "<dl>\n<dt>Stent</dt>\n<dd>A small tube.</dd>\n</dl>",
    ),
    "another language": (
        "Say [¿Dónde *duele*?]{lang=es-MX} slowly",
        '<p>Say <span lang="es-MX">¿Dónde <em>duele</em>?</span> slowly</p>',
    ),
    "another language after a bracket": (
        "[a [b]{lang=fr}",
        '<p>[a <span lang="fr">b</span></p>',
    ),
    "heading that begins like a caption": (
        "## Table: a",
        '<h2 id="table-a">Table: a</h2>',
    ),
    "heading with id": ("## Getting ready", '<h2 id="getting-ready">Getting ready</h2>'),
    "chosen id": ("## Getting ready {#ready}", '<h2 id="ready">Getting ready</h2>'),
    "underlined heading": ("Getting ready\n---", '<h2 id="getting-ready">Getting ready</h2>'),
    "figure": (
        "![A knee](/media/ab/knee.webp)",
        '<figure><img src="/media/ab/knee.webp" alt="A knee" loading="lazy" '
        'decoding="async"></figure>',
    ),
    "figure in several sizes": (
        '![A knee](/media/images/0123456789abcdef/1000x500.jpg "Cap")',
        "<figure><picture>"
        + "".join(
            f'<source type="image/{name}" srcset="/media/images/0123456789abcdef/'
            f"480w.{name} 480w, /media/images/0123456789abcdef/960w.{name} 960w, "
            f"/media/images/0123456789abcdef/1000w.{name} 1000w"
            '" sizes="(min-width: 42rem) 38rem, 100vw">'
            for name in ("avif", "webp")
        )
        + '<img src="/media/images/0123456789abcdef/1000x500.jpg" alt="A knee" '
        'loading="lazy" decoding="async" width="1000" height="500"></picture>'
        "<figcaption>Cap</figcaption></figure>",
    ),
    "figure too small for more sizes": (
        "![A](/media/images/0123456789abcdef/79x50.png)",
        "<figure><picture>"
        + "".join(
            f'<source type="image/{name}" srcset="/media/images/0123456789abcdef/'
            f'79w.{name} 79w" sizes="(min-width: 42rem) 38rem, 100vw">'
            for name in ("avif", "webp")
        )
        + '<img src="/media/images/0123456789abcdef/79x50.png" alt="A" '
        'loading="lazy" decoding="async" width="79" height="50"></picture></figure>',
    ),
    "figure with caption": (
        '![](/media/knee.png "A knee & a hip")',
        '<figure><img src="/media/knee.png" alt="" loading="lazy" decoding="async">'
        "<figcaption>A knee &amp; a hip</figcaption></figure>",
    ),
    "table": (
        "| What | Before | After |\n|---|:-:|--:|\n| Pain | 9 | **2** |",
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">\n'
        "<table>\n<thead>\n<tr>\n"
        '<th scope="col">What</th>\n<th class="align-center" scope="col">Before</th>\n'
        '<th class="align-right" scope="col">After</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<th scope="row">Pain</th>\n<td class="align-center">9</td>\n'
        '<td class="align-right"><strong>2</strong></td>\n</tr>\n</tbody>\n</table>\n</div>',
    ),
    "table with caption": (
        "Table: Out of *100*\n\n| A |\n|---|\n| b |",
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">\n'
        '<table>\n<caption>Out of <em>100</em></caption>\n<thead>\n<tr>\n'
        '<th scope="col">A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n'
        "</tbody>\n</table>\n</div>",
    ),
    "caption right above its table": (
        "Table: Seen\n| A |\n|---|",
        '<div class="table-scroll" role="group" aria-label="Table" tabindex="0">\n'
        '<table>\n<caption>Seen</caption>\n<thead>\n<tr>\n'
        '<th scope="col">A</th>\n</tr>\n</thead>\n</table>\n</div>',
    ),
    "note": (
        "A[^x] b.\n\n[^x]: Words.",
        '<p>A<sup class="footnote-ref"><a href="#note--1" id="noteref--1" '
        'role="doc-noteref"><span class="visually-hidden">Note </span>1</a></sup> b.</p>\n'
        '<section class="footnotes" role="doc-endnotes" aria-labelledby="notes--0">\n'
        '<h2 id="notes--0">Notes</h2>\n<ol>\n<li id="note--1"><p>Words. '
        '<a href="#noteref--1" class="footnote-backref" role="doc-backlink">↩︎'
        '<span class="visually-hidden"> Back to the text</span></a></p>\n</li></ol>\n'
        "</section>",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HTML)
def test_a_sound_text_becomes(name: str) -> None:
    source, html = HTML[name]

    rendered = render(source)

    assert rendered.html.strip() == html
    assert rendered.problems == []


def test_headings_make_the_contents_list() -> None:
    source = "## One\n\n### *Two*[^1] `b`\n\n#### Three\n\n> ## Quoted\n\n[^1]: a"

    rendered = render(source)

    assert rendered.contents == [
        Heading("one", "One", 2),
        Heading("two-b", "Two b", 3),
    ]
    assert 'id="three"' in rendered.html


def test_ids_do_not_change_when_other_headings_come_or_go() -> None:
    before = render("## Café, at home\n\n## Pain").contents
    after = render("## New\n\n## Pain\n\n## Café, at home").contents

    assert {each.id for each in before} == {"cafe-at-home", "pain"}
    assert {each.id for each in before} < {each.id for each in after}


def test_no_two_ids_are_the_same() -> None:
    source = "## A\n\n## A\n\n## A-2\n\n## B {#a-3}\n\n## A\n\n## Content\n\n## ?"

    contents = render(source).contents

    assert [each.id for each in contents] == [
        "a", "a-2", "a-2-2", "a-3", "a-4", "content-2", "section",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What’s next?", "what-s-next"),
        ("Größe", "grosse"),
        ("Über 100 %", "uber-100"),
        ("健康", "健康"),
        ("x" * 200, "x" * 60),
        ("_a_ b__c", "a-b-c"),
        ("…", "section"),
    ],
)
def test_an_id_says_what_the_heading_says(text: str, expected: str) -> None:
    assert slug(text) == expected


def test_the_first_column_heads_its_rows_and_an_empty_corner_heads_nothing() -> None:
    html = render("| | A |\n|---|---|\n| b | c |\n| | d |").html

    assert '<td></td>\n<th scope="col">A</th>' in html
    assert html.count('<th scope="row">') == 1


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("""He said: "Don't wait," and 'why?'""", "He said: “Don’t wait,” and ‘why?’"),  # noqa: RUF001
        ('**"Who would you see?"** [Ask](page:home)', "“Who would you see?” Ask"),
        ('"**Who** would *you* see?"', "“Who would you see?”"),
        ('A 12" scar', 'A 12" scar'),
        (r"\"as typed\"", '"as typed"'),
        ('`a "code"`', 'a "code"'),
    ],
)
def test_quotation_marks_are_read_curly(typed: str, read: str) -> None:
    rendered = render(typed)

    assert Elements(rendered.html).text == read
    assert rendered.text == read


def test_curly_marks_keep_the_addresses_of_headings() -> None:
    html = render('## What\'s "normal"?').html

    assert html.startswith('<h2 id="what-s-normal">What’s “normal”?</h2>')


def test_a_table_without_caption_is_named_by_the_heading_above() -> None:
    html = render('## Risks & "odds"\n\n| A | B |\n|---|---|\n| c | d |').html

    assert Elements(html).named("div")[0]["aria-label"] == "Table: Risks & “odds”"


def test_cells_beyond_the_last_column_are_kept_and_named() -> None:
    rendered = render("| A | B |\n|---|---|\n| c | d | e | [f](page:home) |")

    assert '<td>d | e | <a data-crosslink="0">f</a></td>' in rendered.html
    assert [(each.line, each.code) for each in rendered.problems] == [
        (3, "table-row-too-long")
    ]


def test_a_row_without_outer_pipes_keeps_its_spare_cells_too() -> None:
    rendered = render("A | B\n--|--\nc | d |e| [f](page:home)")

    assert '<td>d | e | <a data-crosslink="0">f</a></td>' in rendered.html
    (link,) = rendered.references
    assert link.line == 3
    assert 1 <= link.column <= 27


@pytest.mark.parametrize(
    "source",
    [
        "|a|b|\n|-|-|\n|c||\n| | |",
        "a|b\n-|-\nc|d",
        "|a|\n|-|\nb",
        "a | b",
        "\\| a |",
        "`| a |` b",
        "    | a |",
    ],
)
def test_an_empty_cell_and_a_lone_pipe_are_no_problem(source: str) -> None:
    assert render(source).problems == []


def test_only_plain_words_begin_a_caption() -> None:
    html = render("*Table:* a\n\n| b |\n|---|").html

    assert html.startswith("<p><em>Table:</em> a</p>")
    assert "<caption" not in html


def test_notes_are_numbered_as_they_are_read() -> None:
    source = "[^b]: Second[^c].\n\n[^a]: First.\n\nx[^a] y[^b] z[^a]\n\n[^c]: Third."

    rendered = render(source)

    page = Elements(rendered.html)
    assert [item["id"] for item in page.named("li")] == [
        "note--1",
        "note--2",
        "note--3",
    ]
    assert rendered.text.split("\n") == ["x y z", "First.", "Second.", "Third."]
    assert "Back to the text, place 2 of 2" in page.text
    hrefs = {link["href"][1:] for link in page.named("a")}
    ids = {attributes["id"] for _, attributes in page.tags if "id" in attributes}
    assert hrefs <= ids


PROBLEMS = {
    "heading of level 1": ("a\n\n# b", (3, 1, "heading-level")),
    "heading of level 5": ("##### b", (1, 1, "heading-level")),
    "heading without words": ("##", (1, 1, "heading-empty")),
    "id taken": ("## a {#b}\n\n## c {#b}", (3, 6, "id-taken")),
    "id malformed": ("## a {#B c}", (1, 6, "attributes-unknown")),
    "attributes": ("a [b]{.c}", (1, 3, "attributes-unknown")),
    "attributes in a link": ("[a [b]{.c}](page:home)", (1, 4, "attributes-unknown")),
    "space in a note's name": ("a[^b c] d", (1, 2, "note-unread")),
    "space in a note's name, below": ("a\n\n[^b c]: d e", (3, 1, "note-unread")),
    "space in the name of a short note": (
        "a[^b c]\n\n[^b c]: d",
        (1, 2, "note-unread"),
    ),
    "note without a name": ("a [^]", (1, 3, "note-unread")),
    "no note": ("ab[^c]", (1, 3, "note-missing")),
    "note unused": ("a\n\n[^b]: c", (3, 1, "note-unused")),
    "note twice": ("a[^b]\n\n[^b]: c\n\n[^b]: d", (5, 1, "note-twice")),
    "caption without a table": ("Table: a\n\nb", (1, 1, "caption-without-table")),
    "table with too few hyphens": ("|a|b|\n|--|\n|c|d|", (1, 1, "table-unread")),
    "table without hyphens": ("a\n\n|b|c|\n|d|e|", (3, 1, "table-unread")),
    "table with dashes": ("|a|b|\n|—|—|", (1, 1, "table-unread")),
    "table right below an entry": (
        "- a\n  b | c\n  --|--\nd|e\n\n- f\ng|h\n-|-",
        (8, 1, "table-unread"),
    ),
    "cell forgotten": ("|a|b|\n|-|-|\n|c|", (3, 1, "table-row-too-short")),
    "words right below a table": ("|a|b|\n|-|-|\nc d", (3, 1, "table-row-too-short")),
    "note behind pipes in a cell": (
        "|a|b|\n|-|-|\n|c|d \\| e \\| f[^g]|",
        (3, 15, "note-missing"),
    ),
    "picture among words": ("a ![b](/media/c.png)", (1, 3, "image-not-alone")),
    "picture elsewhere": ("![b](https://c.example/d.png)", (1, 1, "image-address")),
    "picture of a page": ("![](article:x)", (1, 1, "image-address")),
    "control character": ("a\nb\x0bc", (2, 2, "control-character")),
    "too deep": ("> " * 30 + "a", (1, 35, "nested-too-deeply")),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_malformed_text_is_named_with_line_and_column(name: str) -> None:
    source, place = PROBLEMS[name]

    assert places(source) == [place]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("# b", "b"),
        ("a [b]{.c}", "a [b]{.c}"),
        ("ab[^c]", "ab[^c]"),
        ("a\n\n[^b]: c", "a Notes c"),
        ("a[^b]\n\n[^b]: c\n\n[^b]: d", "aNote 1 Notes c ↩︎ Back to the text d"),
        ("Table: a\n\nb", "Table: a b"),
        ("a ![b c](/media/c.png 'd') e", "a b c d e"),
        ("a\x0bb", "a\ufffdb"),
        ("a\0b", "a\ufffdb"),
        ("> " * 30 + "- deep *down*", "> " * 13 + "- deep down"),
        ("- " * 30 + "deep", "- " * 21 + "deep"),
    ],
)
def test_what_is_malformed_is_never_left_out(source: str, text: str) -> None:
    assert Elements(render(source).html).text == text


def test_plain_words_are_all_there_for_search() -> None:
    source = (
        "## One *two*\n\n- three\n  four\n\n| five | six |\n|---|---|\n"
        "| [seven](page:home) | `eight` |\n\n```\nnine\n```\n\n![ten](/media/a.png 'eleven')\n\n"
        "::: tip twelve\nthirteen\n:::\n"
    )

    assert " ".join(render(source).text.split()) == (
        "One two three four five six seven eight nine ten eleven twelve thirteen"
    )


@pytest.mark.parametrize(
    ("words", "minutes"), [(0, 1), (1, 1), (299, 1), (301, 2), (2000, 10)]
)
def test_reading_takes_a_minute_for_200_words(words: int, minutes: int) -> None:
    assert render("word " * words).reading_minutes == minutes


def test_a_text_above_the_cap_is_refused_with_what_to_do() -> None:
    render("é" * (MAX_SOURCE_BYTES // 2))

    with pytest.raises(SourceTooLong, match=r"100,002 bytes, at most 100,000 can be"):
        render("é" * (MAX_SOURCE_BYTES // 2 + 1))


def test_an_empty_text_is_a_text() -> None:
    rendered = render("")

    assert (rendered.html, rendered.text, rendered.problems) == ("", "", [])


def test_line_ends_of_other_systems_count_as_lines() -> None:
    assert places("a\r\nb\rc [d](x)") == [(3, 3, "link-path")]


def test_a_mark_at_the_beginning_of_a_file_is_no_word() -> None:
    assert render("\ufeff## a").contents == [Heading("a", "a", 2)]


def test_half_a_surrogate_pair_is_replaced_and_named() -> None:
    rendered = render("a\ud83d")

    assert "a\ufffd" in rendered.html
    assert codes("a\ud83d") == ["control-character"]


def test_of_many_problems_the_first_hundred_are_told() -> None:
    problems = render("[a](x)\n\n" * 150).problems

    assert len(problems) == 101
    assert problems[-1].message == "There are 50 more problems after this one."
    assert problems[0].line == 1


def test_rendering_twice_gives_the_same() -> None:
    source = "[a](page:home)[^1]\n\n[^1]: b\n\n::: tip\nc\n:::\n"

    assert render(source) == render(source)


def test_a_preview_says_on_which_line_a_block_begins() -> None:
    source = (
        "## A\n\nb\nc\n\n- d\n- e\n\n::: tip\nf\n:::\n\n| g |\n|---|\n| h |\n\n"
        "![](/media/a.png)\n\ni\n: j\n\n> k"
    )

    marked = Elements(render(source, marks_lines=True).html)

    lines = [
        (tag, attributes["data-line"])
        for tag, attributes in marked.tags
        if "data-line" in attributes
    ]
    assert lines == [
        *(("h2", "1"), ("p", "3"), ("li", "6"), ("li", "7"), ("p", "10")),
        *(("tr", "13"), ("tr", "15"), ("figure", "17")),
        *(("dt", "19"), ("dd", "20"), ("blockquote", "22"), ("p", "22")),
    ]


def test_a_page_for_readers_says_nothing_of_lines() -> None:
    assert "data-line" not in render("## A\n\nb").html
