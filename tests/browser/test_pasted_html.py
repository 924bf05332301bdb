"""Words of other programs become Markdown.

The samples in ``tests/data/clipboard`` have the shape in which each program puts a text
on the clipboard; beside each stands what is to become of it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from articles.markdown import render
from articles.markdown.links import own_address_patterns

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "static"
SAMPLES = sorted((ROOT / "tests/data/clipboard").glob("*.html"))

SMALL = {
    "a table of one column": (
        "<table><tr><td><p>One</p></td></tr><tr><td><b>Two</b></td></tr></table>",
        "One\n\n**Two**",
    ),
    "a table that arranges tables": (
        "<table><tr><td><table><tr><td>a<td>b</table></td><td>c</td></tr></table>",
        "| a | b |\n| --- | --- |\n\nc",
    ),
    "a table with a caption": (
        "<table><caption>Doses</caption><tr><th>A<th>B<tr><td colspan=2>c</table>",
        "Table: Doses\n\n| A | B |\n| --- | --- |\n| c |  |",
    ),
    "a list that begins with a list": (
        "<ul><li style='list-style:none'><ul><li>a</li></ul></li><li>b</li></ul>",
        "- a\n- b",
    ),
    "a list in a list without an entry": ("<ol><ul><li>a</ul><li>b</ol>", "1. a\n2. b"),
    "a heading in a list": ("<ul><li><h3>a</h3><li>b</ul>", "- a\n- b"),
    "a link around a heading": (
        "<a href='https://example.org/'><h4>a</h4></a>",
        "## [a](https://example.org/)",
    ),
    "a link whose last word stands in brackets": (
        "<p><a href='https://a.example/r.pdf'>Report [PDF]</a>",
        "[Report \\[PDF\\]](https://a.example/r.pdf)",
    ),
    "a link with a bracket in its words": (
        "<p><a href='https://a.example/'>a] or [b</a>",
        "[a\\] or \\[b](https://a.example/)",
    ),
    "telephone numbers as one reads them": (
        "<p><a href='tel:+1 555 123 4567'>a</a> <a href='tel:(555)%20123-4567'>b</a>",
        "[a](tel:+15551234567) [b](tel:555123-4567)",
    ),
    "an image in a link": ("<p>a<p><a href='https://a.example/'><img></a>b", "a\n\nb"),
    "code, which stays as it is": ("<pre><code># x\n- y</code></pre>", ""),
    "one plain paragraph": ("<p>Only words.</p>", ""),
    "nothing": ("", ""),
}


@pytest.fixture(scope="module")
def converter(browser: Browser) -> Iterator[Page]:
    """A page that has the modules and nothing else: no server is asked."""
    page = browser.new_page()

    def answer(route: Route) -> None:
        path = STATIC / route.request.url.partition("/static/")[2]
        if path.is_file():
            route.fulfill(path=path)
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    page.route("**/*", answer)
    page.goto("http://localhost/")
    yield page
    page.close()


CONVERT = """async ([html, patterns]) => {
    const modules = "/static/js/editor";
    const { toMarkdown } = await import(`${modules}/pasting/html-to-markdown.js`);
    const { OwnAddresses } = await import(`${modules}/own-addresses.js`);
    const addresses = new OwnAddresses(JSON.parse(patterns));
    return toMarkdown(html, (address) => addresses.targetOf(address));
}"""


def convert(page: Page, html: str) -> str:
    return page.evaluate(CONVERT, [html, own_address_patterns()])


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_copied_text_becomes_markdown_without_fault(
    converter: Page, sample: Path
) -> None:
    markdown = convert(converter, sample.read_text())

    assert markdown + "\n" == sample.with_suffix(".md").read_text()
    assert render(markdown).problems == []


def test_there_are_samples_of_every_program() -> None:
    programs = {path.stem.partition("-")[0] for path in SAMPLES}

    assert programs >= {"google", "libreoffice", "web", "word"}


@pytest.mark.parametrize("name", SMALL)
def test_small_things_are_read_as_they_are_seen(converter: Page, name: str) -> None:
    html, expected = SMALL[name]

    assert convert(converter, html) == expected
    assert render(expected).problems == []


def test_nothing_of_it_is_loaded_or_run(converter: Page) -> None:
    asked: list[str] = []
    converter.on("request", lambda request: asked.append(request.url))
    html = (
        "<img src=/image onerror='window.ran = 1'><svg onload='window.ran = 1'></svg>"
        "<link rel=stylesheet href=/sheet><p>a<p>b<script>window.ran = 1</script>"
        "<a href='data:text/html,x'>c</a>"
    )

    assert convert(converter, html) == "a\n\nbc"
    assert converter.evaluate("window.ran") is None
    assert [url for url in asked if "/static/" not in url] == []
