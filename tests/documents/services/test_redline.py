"""The redline shows all that changed and nothing that did not, whatever two texts are."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.services.redline import ADDED, CHANGED, MOVED, REMOVED, SAME, compare
from qms.kernel.content import Content, Section
from qms.word.pieces import Piece, pieces
from qms.word.reading import read
from tests.samples import samples

EMPTY = Content(
    agency_name="", parent_name="", standard="", kind_label="", code="QT-1", title="Tên",
    issue_no=1, amendment_no=0, issued_on=None, effective_on=None, signatories=(), amendments=(),
    sections=(),
)  # fmt: skip


def text(*sections: str, titles=("Mục đích", "Phạm vi", "Hồ sơ")) -> Content:
    made = [Section(str(n), titles[n - 1], html) for n, html in enumerate(sections, 1)]
    return replace(EMPTY, sections=tuple(made))


def only(redline):
    [line] = redline.changes
    return line


def test_the_same_text_has_no_change():
    one = text("<p>Một.</p><table><tr><td>a</td><td>b</td></tr></table>")
    assert compare(one, one).changes == ()


def test_a_changed_word_is_the_only_thing_marked():
    before, after = (
        text("<p>Thời hạn: 07 ngày làm việc.</p>"),
        text("<p>Thời hạn: 05 ngày làm việc.</p>"),
    )

    line = only(compare(before, after))
    assert (line.kind, line.number) == (CHANGED, 1)
    assert line.cells == (
        (("Thời hạn: ", SAME), ("07", REMOVED), ("05", ADDED), (" ngày làm việc.", SAME)),
    )


def test_added_and_removed_blocks():
    before, after = (
        text("<p>Một hai ba.</p><p>Bốn năm.</p>"),
        text("<p>Bốn năm.</p><ul><li>Sáu bảy.</li></ul>"),
    )

    kinds = [(line.kind, line.shape) for line in compare(before, after).changes]
    assert kinds == [(REMOVED, "p"), (ADDED, "item")]


def test_a_table_is_compared_cell_by_cell():
    row = "<tr><td>1</td><td>{}</td><td>2 ngày</td></tr>"
    before, after = (
        text(f"<table>{row.format(who)}</table>") for who in ("Văn thư", "Thư ký ISO")
    )

    line = only(compare(before, after))
    assert line.shape == "row"
    assert line.before == ("1", "Văn thư", "2 ngày")
    assert line.after == ("1", "Thư ký ISO", "2 ngày")
    assert line.cells[0] == (("1", SAME),)


def test_a_moved_paragraph_is_one_change_where_it_stands_now():
    long = "<p>Bản in hết hiệu lực được thu hồi trong ngày.</p>"
    before, after = text(long, "<p>Hai.</p>"), text("<p></p>", f"<p>Hai.</p>{long}")

    redline = compare(before, after)
    assert [line.kind for line in redline.changes] == [MOVED]
    assert redline.parts[2].changes[0].after == ("Bản in hết hiệu lực được thu hồi trong ngày.",)


def test_sections_keep_their_partner_when_one_comes_between():
    before = text("<p>a a a</p>", "<p>b b b</p>")
    after = replace(EMPTY, sections=(
        before.sections[0], Section("2", "Định nghĩa", "<p>mới</p>"),
        Section("3", "Phạm vi", "<p>b b b</p>"),
    ))  # fmt: skip

    redline = compare(before, after)
    assert [(part.title, part.kind) for part in redline.parts[1:]] == [
        ("Mục đích", SAME), ("Định nghĩa", ADDED), ("Phạm vi", SAME),
    ]  # fmt: skip
    assert [line.kind for line in redline.changes] == [ADDED, CHANGED]


def test_a_section_that_went_is_told():
    redline = compare(text("<p>a</p>", "<p>b</p>"), text("<p>a</p>"))
    assert [(part.title, part.kind) for part in redline.parts[1:]] == [
        ("Mục đích", SAME), ("Phạm vi", REMOVED),
    ]  # fmt: skip


def test_code_and_title_belong_to_the_comparison():
    line = only(compare(EMPTY, replace(EMPTY, title="Tên mới")))
    assert line.after == ("Tên mới",)


def test_another_picture_is_another_text():
    before, after = (text(f'<p><img src="asset:{c * 64}" alt=""></p>') for c in "ab")
    assert only(compare(before, after)).kind == CHANGED


def test_pieces_read_what_is_printed():
    html = (
        "<h3>Đầu</h3><p>Một<br>hai</p><ul><li>x</li></ul>"
        "<table><tr><th>A</th><th><p>B1</p><p>B2</p></th></tr><tr><td></td><td></td></tr></table>đuôi"
    )
    assert pieces(html) == [
        Piece("heading", ("Đầu",)), Piece("p", ("Một hai",)), Piece("item", ("x",)),
        Piece("row", ("A", "B1 B2")), Piece("p", ("đuôi",)),
    ]  # fmt: skip


BLOCK = st.one_of(
    st.text("ab Đế.", min_size=1, max_size=12).map(lambda t: f"<p>{t}</p>"),
    st.lists(st.text("xyÊ 1", max_size=5), min_size=1, max_size=3).map(
        lambda cells: "<table><tr>" + "".join(f"<td>{c}</td>" for c in cells) + "</tr></table>"
    ),
)
TEXT = st.lists(BLOCK, max_size=8).map("".join)


@given(TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_each_side_is_read_back_whole(before, after):
    """What is not added is the text before; what is not removed is the text after."""
    redline = compare(text(before), text(after))
    lines = [line for part in redline.parts[1:] for line in part.lines]

    assert [line.after for line in lines if line.kind != REMOVED] == [
        p.cells for p in pieces(after)
    ]
    old = Counter(line.before for line in lines if line.kind not in (ADDED,))
    assert old == Counter(p.cells for p in pieces(before))
    assert [line.number for line in redline.changes] == [*range(1, len(redline.changes) + 1)]


@pytest.mark.parametrize("turned", [False, True])
def test_real_procedures_differ_only_where_they_were_edited(turned):
    path = next(samples("docx/chung_thuc").glob("*.docx"))
    reading = read(path.read_bytes(), name=path.name)
    before = replace(EMPTY, sections=tuple(reading.sections))
    edited = tuple(
        replace(s, html=s.html.replace("ngày", "giờ", 1)) if s.number == "5" else s
        for s in before.sections
    )
    after = replace(EMPTY, sections=edited)
    if turned:
        before, after = after, before

    line = only(compare(before, after))
    assert line.kind == CHANGED
    assert {"ngày", "giờ"} <= {t.strip() for c in line.cells for t, kind in c if kind != SAME}


def test_two_procedures_are_compared_section_by_section():
    first, second = sorted(samples("docx/chung_thuc").glob("*.docx"))[:2]
    before, after = (
        replace(EMPTY, sections=tuple(read(p.read_bytes(), name=p.name).sections)) for p in (first, second)
    )  # fmt: skip
    redline = compare(before, after)

    assert len(redline.changes) > 20
    assert [part.number for part in redline.parts if part.number and part.kind != REMOVED] == [
        section.number for section in after.sections if section.number
    ]
