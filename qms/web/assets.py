"""Fonts, icons, htmx and the editor as the pages load them, made from what was installed.

Nothing here runs while the house serves: `manage.py build_assets` is a set-up step.
Be Vietnam Pro comes split by script and has no digits of equal width, so its Latin and
Vietnamese parts are merged, and the ten digits become a second small font, "QMS Num"
(a changed font may not carry the reserved name: SIL OFL).
"""

import hashlib
import re
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import django_prose_editor
from django.conf import settings

NODE_MODULES = settings.BASE_DIR / "node_modules"
VENDOR = Path(__file__).parent / "static" / "vendor"
PROSE = Path(django_prose_editor.__file__).parent / "static" / "django_prose_editor" / "editor.js"
STAMP = VENDOR / ".stamp"
WEIGHTS = (400, 600)
DIGIT_WIDTH = 640
KEPT_NAMES = [0, 1, 2, 3, 4, 5, 6, 13, 14]
FAMILY_NAMES = {1, 4, 16}
POSTSCRIPT_NAME = 6
PUNCTUATION = (
    "\u0300\u0301\u0303\u0309\u0323\u20ab\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d"
    "\u2022\u2026\u2212\u2190\u2191\u2192\u2193\u2122\u20ac\u00d7"
)
LETTERS = "ĂăĐđĨĩŨũƠơƯư"
ICONS = Path(__file__).parent / "icons.txt"


def is_current() -> bool:
    """Whether what is there was made by this script from these packages."""
    return STAMP.exists() and STAMP.read_text(encoding="ascii") == _fingerprint()


def build() -> list[Path]:
    """Make everything anew. Raises FileNotFoundError when a package is not installed."""
    fonts = VENDOR / "fonts"
    fonts.mkdir(parents=True, exist_ok=True)
    STAMP.unlink(missing_ok=True)
    made = [_sprite(), _htmx(), _editor()]
    with TemporaryDirectory() as scratch:
        for weight in WEIGHTS:
            parts = [_part(weight, script, Path(scratch)) for script in ("latin", "vietnamese")]
            made.append(_text_font(weight, parts, fonts))
            made.append(_digit_font(weight, parts[0], fonts))
    STAMP.write_text(_fingerprint(), encoding="ascii")
    return made


def _fingerprint() -> str:
    sources = (settings.BASE_DIR / "package-lock.json", Path(__file__), ICONS, PROSE)
    return hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()


def _sprite() -> Path:
    """One SVG with a <symbol> for each icon; stroke and size are set by the style sheet."""
    symbols = []
    for name in ICONS.read_text("ascii").split():
        source = (NODE_MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text("utf-8")
        inner = re.sub(r"(?s)^.*?<svg[^>]*>(.*)</svg>.*$", r"\1", source)
        inner = re.sub(r"\s+", " ", inner).strip().replace(" />", "/>")
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{inner}</symbol>')
    path = VENDOR / "icons.svg"
    sheet = "\n".join(['<svg xmlns="http://www.w3.org/2000/svg">', *symbols, "</svg>\n"])
    path.write_text(sheet, encoding="utf-8")
    return path


def _htmx() -> Path:
    path = VENDOR / "htmx.min.js"
    shutil.copyfile(NODE_MODULES / "htmx.org" / "dist" / "htmx.min.js", path)
    return path


def _editor() -> Path:
    """The editor's one file out of its wheel, without the pointer to a map that is not served."""
    path = VENDOR / "prose-editor.js"
    script = PROSE.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\n//# sourceMappingURL=.*", "", script), encoding="utf-8")
    return path


def _part(weight: int, script: str, scratch: Path) -> Path:
    """One script of the face, unpacked, for the merger reads only plain TrueType."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # needed at set-up only

    name = f"be-vietnam-pro-{script}-{weight}-normal.woff2"
    font = TTFont(NODE_MODULES / "@fontsource" / "be-vietnam-pro" / "files" / name)
    font.flavor = None
    path = scratch / f"{script}-{weight}.ttf"
    font.save(path)
    return path


def _text_font(weight: int, parts: list[Path], folder: Path) -> Path:
    from fontTools.merge import Merger  # noqa: PLC0415

    merged = parts[0].with_name(f"merged-{weight}.ttf")
    Merger().merge([str(part) for part in parts]).save(merged)
    features = ["kern", "mark", "mkmk", "ccmp", "liga", "locl"]
    wanted = [*range(0x20, 0x7F), *range(0xA0, 0x100), *range(0x1EA0, 0x1EFA)]
    wanted += [ord(letter) for letter in LETTERS + PUNCTUATION]
    options = _options(layout_features=features, hinting=True, name_IDs=KEPT_NAMES)
    return _subset(merged, wanted, options, folder / f"bevietnampro-{weight}.woff2")


def _digit_font(weight: int, latin: Path, folder: Path) -> Path:
    """The ten digits, each centred in the same width, under a name of our own."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(latin)
    cmap = font.getBestCmap() or {}
    for digit in "0123456789":
        name = cmap[ord(digit)]
        advance, bearing = font["hmtx"][name]
        shift = (DIGIT_WIDTH - advance) // 2
        glyph = font["glyf"][name]
        glyph.coordinates.translate((shift, 0))
        glyph.recalcBounds(font["glyf"])
        font["hmtx"][name] = (DIGIT_WIDTH, bearing + shift)
    for record in font["name"].names:
        if record.nameID in FAMILY_NAMES:
            record.string = "QMS Num"
        elif record.nameID == POSTSCRIPT_NAME:
            record.string = f"QMSNum-{weight}"
    changed = latin.with_name(f"digits-{weight}.ttf")
    font.save(changed)
    options = _options(layout_features=[], hinting=False, notdef_outline=False)
    digits = [ord(digit) for digit in "0123456789"]
    return _subset(changed, digits, options, folder / f"qmsnum-{weight}.woff2")


def _options(**chosen: Any) -> Any:
    from fontTools.subset import Options  # noqa: PLC0415

    options = Options(flavor="woff2", desubroutinize=True)
    for name, value in chosen.items():
        setattr(options, name, value)
    return options


def _subset(source: Path, unicodes: list[int], options: Any, target: Path) -> Path:
    from fontTools import subset  # noqa: PLC0415

    with subset.load_font(source, options) as font:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=unicodes)
        subsetter.subset(font)
        subset.save_font(font, target, options)
    return target
