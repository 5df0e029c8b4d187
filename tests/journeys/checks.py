"""What every page must pass in the browser: accessibility, width, keyboard."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SIZES = ((1366, 768), (360, 740))
THEMES = ("light", "dark")

OVERFLOW = "document.documentElement.scrollWidth - window.innerWidth"
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const seen = n => n && getComputedStyle(n).outlineStyle !== 'none'
                      && parseFloat(getComputedStyle(n).outlineWidth) >= 2;
  const box = e.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  const y = Math.min(Math.max(box.top + Math.min(box.height / 2, 10), 1), innerHeight - 1);
  const top = document.elementFromPoint(x, y);
  const label = e.closest('label');
  return {
    name: (e.getAttribute('aria-label') || e.textContent || e.id || e.tagName).trim().slice(0, 60),
    outlined: seen(e) || seen(e.nextElementSibling) || seen(e.closest('.drop')),
    reachable: !!top && (e.contains(top) || top.contains(e) || (!!label && label.contains(top))),
  };
}"""


def check_page(page: Page) -> None:
    """No accessibility violation and no sideways scroll: wide and narrow, light and dark."""
    page.emulate_media(reduced_motion="reduce")  # colours change at once, however busy the machine
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for theme in THEMES:
            page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
            found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
            told = [
                f"{v['id']}: {node['target']}"
                for v in found.response["violations"]
                for node in v["nodes"]
            ]
            assert told == [], f"{page.url} {width} {theme}: {told}"
        assert page.evaluate(OVERFLOW) <= 0, f"{page.url} is wider than {width}"


def walk_keyboard(page: Page, *, most: int = 150) -> list[str]:
    """Tab through the page; every stop has a visible outline and nothing lies on top of it."""
    names: list[str] = []
    for _stop in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            break
        assert stop["outlined"], f"no outline: {stop['name']}"
        assert stop["reachable"], f"hidden: {stop['name']}"
        names.append(stop["name"])
    return names
