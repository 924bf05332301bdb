"""Follow every internal link of the site, as a reader could.

By hand over a loaded site:  .venv/bin/python manage.py shell -c "from tests.crawler
import main; main()"
"""

from collections import Counter, deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit

from django.test import Client
from django.urls import resolve

# Whom a reader chose: there is no end of combinations.
CHOSEN = {"apart_from", "back", "compare", "doctor"}
ENOUGH = 3  # of a kind of page with a choice


@dataclass
class Page:
    """What a crawl needs of a page's HTML."""

    links: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    assets: list[str] = field(default_factory=list)
    h1: int = 0
    description: str = ""
    words: str = ""
    source: str = ""


class PageParser(HTMLParser):
    """Collect links of every kind, ids, headings and the description."""

    def __init__(self) -> None:
        super().__init__()
        self.page = Page()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.page.h1 += tag == "h1"
        if values.get("id"):
            self.page.ids.add(values["id"])
        for name in ("href", "src", "action"):
            if values.get(name) is not None:
                self.page.links.append(values[name])
        if tag in {"img", "script", "link", "iframe", "source", "video", "audio"}:
            asset = values.get("src") or values.get("href")
            if asset and values.get("rel") != "canonical":
                self.page.assets.append(asset)
        if tag == "meta" and values.get("name") == "description":
            self.page.description = (values.get("content") or "").strip()

    def handle_data(self, data: str) -> None:
        self.page.words += data


def read(html: str) -> Page:
    parser = PageParser()
    parser.feed(html)
    parser.page.source = html
    return parser.page


@dataclass
class Crawl:
    """Every address that was opened, and what was wrong, in words.

    A fault is an answer that is not 200 (a redirect too), a ``#part`` that the page
    lacks, and an HTML page without exactly one h1 or without a description.
    """

    client: Client
    opened: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)
    external: set[str] = field(default_factory=set)
    html: dict[str, Page] = field(default_factory=dict)
    with_choice: Counter[object] = field(default_factory=Counter)

    def kinds(self) -> Counter[str]:
        """Count pages by the first part of their address."""
        return Counter(urlsplit(url).path.split("/")[1] for url in self.opened)

    def run(self, start: str = "/") -> "Crawl":
        """Open ``start`` and everything it leads to, static files and admin aside."""
        waiting = deque([(start, "the start")])
        parts: list[tuple[str, str, str]] = []
        while waiting:
            url, found_on = waiting.popleft()
            if url in self.opened or self.has_enough_of(url):
                continue
            self.opened.add(url)
            for link in self.open(url, found_on):
                path, part = self.internal(url, link)
                if path:
                    waiting.append((path, url))
                    parts.append((path, part, url))
        for path, part, url in parts:
            if part and path in self.html and part not in self.html[path].ids:
                self.faults.append(f"{path}#{part} does not exist, on {url}")
        return self

    def has_enough_of(self, url: str) -> bool:
        """Say whether pages like this, with a choice, were opened before."""
        path, _, query = url.partition("?")
        names = sorted(name for name, _ in parse_qsl(query, keep_blank_values=True))
        if not CHOSEN.intersection(names):
            return False
        kind = resolve(path).route, *names
        self.with_choice[kind] += 1
        return self.with_choice[kind] > ENOUGH

    def open(self, url: str, found_on: str) -> list[str]:
        """Return the links of a page, and note what is wrong with it."""
        response = self.client.get(url)
        if response.status_code != 200:
            self.faults.append(f"{url} ({response.status_code}), on {found_on}")
            return []
        if not response.headers["Content-Type"].startswith("text/html"):
            return []
        page = self.html[url] = read(response.content.decode())
        if page.h1 != 1:
            self.faults.append(f"{url} has {page.h1} h1")
        if not page.description:
            self.faults.append(f"{url} has no description")
        return page.links

    def internal(self, url: str, link: str) -> tuple[str, str]:
        """Return path and ``#part`` of a link to a page of this site, else nothing."""
        address, part = urldefrag(urljoin(f"http://testserver{url}", link))
        split = urlsplit(address)
        if (split.scheme, split.netloc) != ("http", "testserver"):
            self.external.add(address)
            return "", ""
        if split.path.startswith(("/static/", "/admin/")):
            return "", ""
        return split.path + (f"?{split.query}" if split.query else ""), part


def main() -> None:
    """Crawl the site of the present database and print what was found."""
    result = Crawl(Client(headers={"host": "localhost"})).run()
    for kind, number in sorted(result.kinds().items()):
        print(f"{number:7,} /{kind}")
    print(*result.faults[:50], sep="\n")
    print(f"{len(result.opened):,} pages, {len(result.faults)} faults")
