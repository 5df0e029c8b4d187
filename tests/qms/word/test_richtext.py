"""What rich text may hold, whoever brings it: nothing that runs, nothing from elsewhere."""

import unicodedata

import pytest

from qms.word.richtext import clean, paragraphs, plain_text

SHA256 = "0123456789abcdef" * 4
ALLOWED = (
    '<h3>Tên</h3><p align="center"><strong>a</strong><em>b</em><u>c</u><s>d</s><sub>e</sub>'
    '<sup>f</sup><br></p><ul><li>g</li></ul><ol start="3" type="a"><li>h</li></ol><table><thead>'
    '<tr><th colspan="2" scope="col">i</th></tr></thead><tbody><tr><td rowspan="2">j</td></tr>'
    f'</tbody></table><blockquote>k</blockquote><img src="asset:{SHA256}" alt="sơ đồ">'
)


def test_what_a_document_needs_stays_as_it_is():
    assert clean(ALLOWED) == ALLOWED
    assert clean(clean(ALLOWED)) == clean(ALLOWED)


@pytest.mark.parametrize("html", [
    "<script>alert(1)</script>", "<style>p{}</style>", "<svg onload=alert(1)></svg>",
    "<iframe src=//x></iframe>", "<!-- x -->", '<link rel="stylesheet" href="//x">',
    '<meta http-equiv="refresh">', "<scr<script></script>", '<base href="//x">',
    "<object data=x></object>", "<math><mtext></mtext></math>", "<form></form>", "<input>",
])  # fmt: skip
def test_what_could_run_or_load_is_gone(html):
    assert "<" not in clean(html)


@pytest.mark.parametrize("attribute", [
    "onclick=alert(1)", 'style="position:fixed"', 'class="btn"', 'id="x"', "data-x=1",
    'align="left;x"', 'background="//x"',
])  # fmt: skip
def test_an_attribute_nobody_allowed_is_gone(attribute):
    assert clean(f"<p {attribute}>a</p>") == "<p>a</p>"


@pytest.mark.parametrize("href", [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
    "&#106;avascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
    f"asset:{SHA256}",
])  # fmt: skip
def test_a_link_that_would_run_or_reach_inside_keeps_only_its_words(href):
    assert clean(f'<a href="{href}">bấm</a>') == '<a rel="noopener noreferrer">bấm</a>'


@pytest.mark.parametrize("href", ["https://dichvucong.gov.vn/a?b=1", "mailto:vp@dongthap.gov.vn"])
def test_a_link_to_the_web_or_to_mail_stays(href):
    assert clean(f'<a href="{href}">a</a>') == f'<a href="{href}" rel="noopener noreferrer">a</a>'


@pytest.mark.parametrize("src", [
    "https://example.com/x.png", "//example.com/x.png", "data:image/png;base64,AA", "x.png",
    "asset:short", f"asset:{SHA256}x", f"asset:{SHA256.upper()}",
])  # fmt: skip
def test_a_picture_from_anywhere_but_the_document_is_not_loaded(src):
    assert "src" not in clean(f'<img src="{src}">')


@pytest.mark.parametrize("span", ["-1", "99999", "2;x", "x", ""])
def test_a_span_that_is_no_number_is_gone(span):
    assert clean(f'<table><tbody><tr><td colspan="{span}">a</td></tr></tbody></table>') == (
        "<table><tbody><tr><td>a</td></tr></tbody></table>"
    )


def test_unknown_tags_go_and_leave_their_words():
    assert clean("<div>một <font color=red>hai</font></div>") == "một hai"


def test_text_becomes_nfc():
    assert clean(unicodedata.normalize("NFD", "<p>Mục đích</p>")) == "<p>Mục đích</p>"


def test_plain_text_has_one_block_a_line_and_no_tags():
    html = "<p>một  hai</p><ul><li>ba</li><li>b&lt;4&gt;</li></ul><p>năm<br>sáu</p>"
    assert plain_text(html) == "một hai\nba\nb<4>\nnăm\nsáu"


def test_plain_lines_become_paragraphs_that_mean_nothing_else():
    assert paragraphs("một\n\n<b>hai</b>\n") == "<p>một</p><p>&lt;b&gt;hai&lt;/b&gt;</p>"
