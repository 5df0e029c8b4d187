"""Rich text from a browser is brought into the kept form; whatever it holds, it is cleaned."""

import pytest

from qms.kernel.refusals import Unacceptable
from qms.word.added_pictures import kind_of
from qms.word.browser import kept
from qms.word.pieces import pieces
from tests.pictures import png

STORED = (
    '<h3>5.1. Các bước</h3><p align="center">Một <strong>hai</strong> <em>ba</em> <u>bốn</u></p>'
    '<ul><li>a<ul><li>b</li></ul></li></ul><ol type="a" start="3"><li>c</li></ol>'
    '<table><thead><tr><th scope="col" colspan="2">d</th></tr></thead><tbody>'
    '<tr><td rowspan="2">e</td><td>f</td></tr><tr><td><p>g</p><p>h</p></td></tr></tbody></table>'
)
# The same as the editor hands it out.
EDITED = (
    '<h3>5.1. Các bước</h3><p align="center">Một <strong>hai</strong> <em>ba</em> <u>bốn</u></p>'
    '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li></ul><ol type="a" start="3"><li><p>c</p></li></ol>'
    '<table style="min-width: 50px;"><colgroup><col style="min-width: 25px;"></colgroup><tbody>'
    '<tr><th colspan="2"><p>d</p></th></tr><tr><td rowspan="2"><p>e</p></td><td><p>f</p></td></tr>'
    "<tr><td><p>g</p><p>h</p></td></tr></tbody></table><p></p>"
)


def test_what_was_not_edited_comes_back_as_it_was():
    assert pieces(kept(EDITED)) == pieces(STORED)
    assert "<thead>" in kept(EDITED)
    assert 'scope="col"' in kept(EDITED)
    assert kept(kept(EDITED)) == kept(EDITED)
    assert pieces(kept(STORED)) == pieces(STORED)


@pytest.mark.parametrize(("typed", "expected"), [
    ("một\nhai", "<p>một</p><p>hai</p>"),
    ("<b>a</b>", "<strong>a</strong>"),
    ("<h1>a</h1><h2>b</h2><h5>c</h5>", "<h3>a</h3><h3>b</h3><h4>c</h4>"),
    ("<div>a</div><div><p>b</p></div>", "<p>a</p><p>b</p>"),
    ('<p style="text-align: right; color: red">a</p>', '<p align="right">a</p>'),
    ("<table><tbody><tr><td><p align='center'>a</p></td></tr></tbody></table>",
     '<table><tbody><tr><td align="center">a</td></tr></tbody></table>'),
    ("<p>a</p><p> </p><p></p>", "<p>a</p>"),
    ("", ""),
])  # fmt: skip
def test_other_ways_of_writing_become_ours(typed, expected):
    assert kept(typed) == expected


@pytest.mark.parametrize("hostile", [
    "<p>a<script>alert(1)</script></p>", '<p onclick="alert(1)">a</p>', "<svg/onload=alert(1)>a",
    '<a href="javascript:alert(1)">a</a>', "<img src=x onerror=alert(1)>a", "<iframe src=//x>",
    '<p style="background:url(//x)">a</p>', "<math><mi//xlink:href=\"data:x,<script>alert(4)</script>\">a",
    "<style>@import '//x'</style>a", "<<script>alert(1)//<</script>a", "<form action=//x><input>a</form>",
    "<table><td><img src=\"asset:x\" onerror=alert(1)></table>a", '<b style="x:expression(1)">a</b>',
])  # fmt: skip
def test_hostile_markup_never_stays(hostile):
    said = kept(hostile)
    assert not any(word in said.lower() for word in (
        "<script", "onclick", "onload", "onerror", "javascript:", "<iframe", "<svg", "style", "<math",
        "<form", "<input", "//x",
    )), said  # fmt: skip


def test_a_picture_is_known_by_its_bytes_and_may_not_fill_the_memory():
    assert kind_of(png()) == "image/png"
    for broken in (b"", b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n", png()[:20], b"GIF8"):
        with pytest.raises(Unacceptable):
            kind_of(broken)
    bomb = png()[:16] + (60_000).to_bytes(4, "big") * 2 + png()[24:]
    with pytest.raises(Unacceptable, match="quá lớn"):
        kind_of(bomb)
