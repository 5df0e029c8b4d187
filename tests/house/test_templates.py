"""Every page has a title of its own and stands in the shell."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "templates"
# Not pages: parts, components, paper, mail, the texts shipped to agencies.
APART = {"c", "paper", "guidance", "mail"}
VIETNAMESE = re.compile(
    r"\w*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]\w*", re.IGNORECASE
)
PAGES = [
    path.relative_to(ROOT).as_posix()
    for path in sorted(ROOT.rglob("*.html"))
    if not path.name.startswith(("_", "base")) and path.relative_to(ROOT).parts[0] not in APART
]


def test_there_are_pages():
    assert len(PAGES) > 20


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_titled_and_stands_in_the_shell(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert re.search(r'{% extends ("base|layout)', text), "no shell"
    assert re.search(r"{% block title %}\s*\S", text), "no title"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_no_style_or_script_of_its_own(name):
    text = (ROOT / name).read_text(encoding="utf-8")

    assert not re.search(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", text)


def test_no_vietnamese_stands_outside_the_catalogue():
    """Every word of a page goes through translate; paper, mail and guidance texts are Vietnamese."""
    told = []
    for path in ROOT.rglob("*.html"):
        if path.relative_to(ROOT).parts[0] in {"paper", "guidance", "mail"}:
            continue
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"{%\s*blocktranslate.*?{%\s*endblocktranslate\s*%}", "", text, flags=re.S)
        text = re.sub(r"{%.*?%}|{#.*?#}|{{.*?}}", "", text, flags=re.S)
        text = text.replace("Tiếng Việt", "")  # a language is offered under its own name
        told += [f"{path.name}: {word}" for word in VIETNAMESE.findall(text)]
    assert told == []


def test_a_template_stays_short():
    long = [p for p in ROOT.rglob("*.html") if "guidance" not in p.parts
            and len(p.read_text(encoding="utf-8").splitlines()) > 120]  # fmt: skip
    assert long == []
