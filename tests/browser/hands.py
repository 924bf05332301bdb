"""What somebody does who has a keyboard and no mouse."""

from playwright.sync_api import Locator, Page

MOST_STOPS = 200
LOOK = """target => {
  const focused = document.activeElement;
  const style = getComputedStyle(focused);
  const box = focused.getBoundingClientRect();
  return {
    isThere: focused === target,
    isNowhere: focused === document.body,
    isSeen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
      && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
    isFrame: focused instanceof HTMLIFrameElement,
    html: focused.outerHTML.slice(0, 200),
  };
}"""


def walk_to(target: Locator, key: str = "Tab") -> None:
    """Press Tab until the focus is there; it is seen at every stop."""
    for _ in range(MOST_STOPS):
        target.page.keyboard.press(key)
        stop = target.evaluate(LOOK)
        assert stop["isSeen"] or stop["isNowhere"] or stop["isFrame"], stop["html"]
        if stop["isThere"]:
            return
    raise AssertionError(f"{key} never reached {target}")


def skip_to_content(page: Page) -> None:
    """Take the first link of a page that was just opened, past the bars."""
    walk_to(page.get_by_role("link", name="Skip to main content"))
    page.keyboard.press("Enter")


def press(target: Locator, key: str = "Enter") -> None:
    """Reach a link, button or box, and use it."""
    walk_to(target)
    target.page.keyboard.press(key)


def type_into(target: Locator, words: str) -> None:
    """Reach a field and type."""
    walk_to(target)
    target.page.keyboard.type(words)
