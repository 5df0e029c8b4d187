"""Fonts, icons and htmx made from the installed packages."""

import re

import pytest
from fontTools.ttLib import TTFont

from qms.web import assets

VIETNAMESE = "ĂÂĐÊÔƠƯăâđêôơưẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặẾếỀềỂểỄễỆệỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợỨứỪừỬửỮữỰựỲỳỴỵỶỷỸỹẠạẢảẸẹẺẻẼẽỈỉỊịỌọỎỏỤụỦủ"
CSS_LIMIT = 60 * 1024


@pytest.fixture(scope="module", autouse=True)
def _built():
    if not assets.is_current():
        assets.build()


@pytest.mark.parametrize("weight", assets.WEIGHTS)
def test_text_font_has_every_vietnamese_letter(weight):
    with TTFont(assets.VENDOR / "fonts" / f"bevietnampro-{weight}.woff2") as font:
        missing = [letter for letter in VIETNAMESE if ord(letter) not in font.getBestCmap()]
    assert missing == []


@pytest.mark.parametrize("weight", assets.WEIGHTS)
def test_digits_have_one_width(weight):
    with TTFont(assets.VENDOR / "fonts" / f"qmsnum-{weight}.woff2") as font:
        cmap = font.getBestCmap()
        widths = {font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}
    assert widths == {assets.DIGIT_WIDTH}


def test_every_icon_a_template_or_module_names_is_in_the_sprite(settings):
    sprite = (assets.VENDOR / "icons.svg").read_text(encoding="utf-8")
    drawn = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    named = set()
    for path in (settings.BASE_DIR / "templates").rglob("*.html"):
        named |= set(re.findall(r'{% icon "([^"]+)"', path.read_text(encoding="utf-8")))
    assert named - drawn == set()


def test_style_sheet_stays_within_its_budget_and_asks_nothing_of_others():
    css = (assets.VENDOR.parent / "qms" / "app.css").read_text(encoding="utf-8")
    assert len(css.encode()) <= CSS_LIMIT
    assert "http" not in css
    assert "data:" not in css
