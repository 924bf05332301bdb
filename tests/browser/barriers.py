"""What keeps people from using a page, as far as axe finds it."""

from axe_playwright_python.base import AxeResults
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG_2_2 = {"target-size": {"enabled": True}}  # off by default in axe
COLOURS = ["color-contrast", "link-in-text-block"]


def violations(page: Page, context: object = None) -> list[str]:
    """Return what axe finds, as rule and element."""
    options = {"resultTypes": ["violations"], "rules": WCAG_2_2}
    return named(Axe().run(page, context, options))


def violations_in_both_schemes(page: Page, context: object = None) -> list[str]:
    """Return what axe finds in light, and what of colours in dark."""
    found = violations(page, context)
    page.emulate_media(color_scheme="dark")
    page.evaluate("document.getAnimations().forEach(each => each.finish())")
    is_there = Axe(axe_script="")
    options = {"resultTypes": ["violations"], "runOnly": COLOURS}
    found += named(is_there.run(page, context, options))
    page.emulate_media(color_scheme="light")
    return found


def named(results: AxeResults) -> list[str]:
    found = results.response["violations"]
    return [f"{v['id']}: {node['html'][:400]}" for v in found for node in v["nodes"]]
