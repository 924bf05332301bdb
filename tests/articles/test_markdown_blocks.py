# ruff: noqa: E501 - the HTML that is expected reads best in one piece
"""Health blocks: what they become, and what stays text with a problem."""

import pytest

from articles.markdown import render
from tests.articles.html_tree import Elements


def block(name: str, inside: str, number: int = 1) -> str:
    group = f'role="group" aria-labelledby="block--{number}"'
    return f'<div class="block block--{name}" {group}>\n{inside}\n</div>\n'


def card(name: str, inside: str) -> str:
    return f'<div class="block block--{name}">\n{inside}\n</div>\n'


def hidden(words: str) -> str:
    return f'<span class="visually-hidden">{words}</span>'


TITLE = 'class="block__title" id="block--1"'
ITEM = '<ul role="list">\n<li>a</li>\n</ul>'

BLOCKS = {
    "emergency": (
        "::: emergency Call 911 if\na\n:::",
        card("emergency", f"<h2 {TITLE}>{hidden('Emergency: ')}Call 911 if</h2>\n<p>a</p>"),
    ),
    "urgent": (
        "::: urgent Call *today* if\na\n:::",
        card("urgent", f"<h2 {TITLE}>{hidden('Urgent advice: ')}Call <em>today</em> if</h2>\n<p>a</p>"),
    ),
    "see-doctor": (
        "::: see-doctor Make an appointment if\na\n:::",
        card("see-doctor", f"<h2 {TITLE}>{hidden('See a doctor: ')}Make an appointment if</h2>\n<p>a</p>"),
    ),
    "warning": (
        "::: warning Alcohol\na\n:::",
        block("warning", f"<p {TITLE}>{hidden('Warning: ')}Alcohol</p>\n<p>a</p>"),
    ),
    "warning without title": (
        "::: warning\na\n:::", block("warning", f"<p {TITLE}>Warning</p>\n<p>a</p>")
    ),
    "tip": (
        "::: tip Bring a friend\na\n:::",
        block("tip", f"<p {TITLE}>{hidden('Tip: ')}Bring a friend</p>\n<p>a</p>"),
    ),
    "tip without title": ("::: tip\na\n:::", block("tip", f"<p {TITLE}>Tip</p>\n<p>a</p>")),
    "script": (
        "::: script How to ask\na\n:::",
        block("script", f"<p {TITLE}>How to ask</p>\n<p>a</p>"),
    ),
    "script without title": (
        "::: script\na\n:::",
        block("script", f"<p {TITLE}>Words you can say</p>\n<p>a</p>"),
    ),
    "checklist": (
        "::: checklist Bring these\n- a\n:::",
        block("checklist", f"<p {TITLE}>Bring these</p>\n{ITEM}"),
    ),
    "do": ("::: do\n- a\n:::", block("do", f"<p {TITLE}>Do</p>\n{ITEM}")),
    "dont": ("::: dont\n- a\n:::", block("dont", f"<p {TITLE}>Do not</p>\n{ITEM}")),
    "key-points": (
        "::: key-points\n- a\n:::",
        block("key-points", f"<p {TITLE}>Key points</p>\n<ul>\n<li>a</li>\n</ul>"),
    ),
    "without a space": (":::tip\na\n:::", block("tip", f"<p {TITLE}>Tip</p>\n<p>a</p>")),
    "more colons": (":::: tip\na\n::::", block("tip", f"<p {TITLE}>Tip</p>\n<p>a</p>")),
    "spaces at line ends": (
        "::: tip  \na\n:::  ", block("tip", f"<p {TITLE}>Tip</p>\n<p>a</p>")
    ),
    "right after a paragraph": (
        "a\n::: tip\nb\n:::\nc",
        "<p>a</p>\n" + block("tip", f"<p {TITLE}>Tip</p>\n<p>b</p>") + "<p>c</p>\n",
    ),
    "block in a block of more colons": (
        ":::: tip\n::: do\n- a\n:::\n::::",
        block(
            "tip",
            f"<p {TITLE}>Tip</p>\n"
            + block("do", f'<p class="block__title" id="block--2">Do</p>\n{ITEM}', 2).strip(),
        ),
    ),
    "code in words": (
        "::: tip\n`a`\n:::",
        block("tip", f"<p {TITLE}>Tip</p>\n<p><code>a</code></p>"),
    ),
    "colons in code": (
        "::: tip\n```\n:::\n::: warning\n```\n:::",
        block(
            "tip",
            f'<p {TITLE}>Tip</p>\n<pre tabindex="0"><code>:::\n::: warning\n</code></pre>',
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BLOCKS)
def test_a_block_becomes(name: str) -> None:
    source, html = BLOCKS[name]

    rendered = render(source)

    assert rendered.html == html
    assert rendered.problems == []


@pytest.mark.parametrize(
    ("above", "level"), [("", 2), ("## a\n\n", 3), ("### a\n\n", 4), ("#### a\n\n", 5)]
)
def test_the_title_of_a_care_card_is_a_heading_one_level_down(
    above: str, level: int
) -> None:
    rendered = render(f"{above}::: urgent Call today if\na\n:::")

    assert f"<h{level} {TITLE}>" in rendered.html
    assert all("Call" not in each.text for each in rendered.contents)


def test_a_block_stands_in_lists_and_quotes() -> None:
    source = "- a\n\n  ::: tip\n  b\n  :::\n\n> ::: do\n> - c\n> :::"

    rendered = render(source)

    assert rendered.problems == []
    assert rendered.html.count('class="block block--') == 2


# source -> place and code of each problem, the words a reader sees
MALFORMED = {
    "never closed": (
        "::: emergency Call 911 if\n- a\n\nb",
        [(1, 1, "block-not-closed")],
        "::: emergency Call 911 if a b",
    ),
    "not closed, then another": (
        "::: tip\na\n\n::: warning\nb\n:::",
        [(1, 1, "block-not-closed")],
        "::: tip a Warning b",
    ),
    "not closed in another": (
        ":::: tip\na\n::: warning\nb\n::::",
        [(3, 1, "block-not-closed")],
        "Tip a ::: warning b",
    ),
    "closed by too few colons": (
        ":::: tip\na\n:::",
        [(1, 1, "block-not-closed"), (3, 1, "block-not-open")],
        ":::: tip a :::",
    ),
    "capital letter": (
        "::: Emergency Call\na\n:::",
        [(1, 1, "block-unknown")],
        "::: Emergency Call a :::",
    ),
    "misspelt": (
        "  ::: emergancy Call\na\n:::",
        [(1, 3, "block-unknown")],
        "::: emergancy Call a :::",
    ),
    "closed only": ("a\n\n:::\n\nb", [(3, 1, "block-not-open")], "a ::: b"),
    "in a block of as many colons": (
        "::: tip\na\n::: warning\nb\n:::\nc\n:::",
        [(3, 1, "block-in-block")],
        "Tip a ::: warning b ::: c",
    ),
    "in a block of fewer colons": (
        "::: tip\na\n:::: warning\nb\n::::\nc\n:::",
        [(3, 1, "block-in-block")],
        "Tip a :::: warning b :::: c",
    ),
    "unwanted title": (
        "::: do Try this\n- a\n:::", [(1, 8, "block-title-unwanted")], "Do Try this a"
    ),
    "missing title": (
        "::: emergency\na\n:::", [(1, 1, "block-title-missing")], "Get help now a"
    ),
    "without a list": (
        "::: checklist\na\n:::", [(1, 1, "block-without-list")], "Checklist a"
    ),
    "empty": ("::: tip\n\n:::", [(1, 1, "block-empty")], "Tip"),
}  # fmt: skip


@pytest.mark.parametrize("name", MALFORMED)
def test_a_malformed_block_is_named_and_nothing_of_it_is_lost(name: str) -> None:
    source, problems, words = MALFORMED[name]

    rendered = render(source)

    assert [
        (each.line, each.column, each.code) for each in rendered.problems
    ] == problems
    assert Elements(rendered.html).text == words


def test_the_message_says_what_to_write() -> None:
    (problem,) = render("::: Emergency Call\na\n:::").problems

    assert problem.message.startswith(
        "There is no block “Emergency”. Did you mean “emergency”?"
    )


def test_colons_in_a_sentence_or_in_code_are_no_block() -> None:
    rendered = render("a ::: tip\n\n    ::: tip\n\n`::: tip`")

    assert rendered.problems == []
    assert "block" not in rendered.html
