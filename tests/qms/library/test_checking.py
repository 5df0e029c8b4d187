"""The checker lets the shipped texts pass, and finds each fault that it is there for."""

from dataclasses import replace

import pytest

from qms.kernel.content import Procedure, Section, Step
from qms.kernel.durations import DAY, Unit
from qms.library.checking import Library, check
from qms.library.source import Source, read_all, read_sets, read_slots
from qms.standards.loading import clause_numbers

TITLES = (
    "Mục đích", "Phạm vi áp dụng", "Tài liệu viện dẫn", "Định nghĩa, viết tắt", "Nội dung",
    "Biểu mẫu", "Hồ sơ cần lưu",
)  # fmt: skip


def whole() -> Source:
    return Source(
        code="M-QT-99", title="Thử", kind="system_procedure", issue_no=1, audience=("commune",),
        clauses=("7.5",), summary="Để thử.", legal_basis=("TCVN ISO 9001:2015",), amendments=(),
        sections=tuple(Section(str(n), t, "<p>Có chữ.</p>") for n, t in enumerate(TITLES, 1)),
        sets=("commune",),
    )  # fmt: skip


def faults_of(*sources: Source) -> list[str]:
    used = Source(**{**_as_dict(whole()), "code": "M-ZZ", "title": "Khác", "sections": _SLOTS})
    library = Library([*sources, used], read_slots(), read_sets(), clause_numbers())
    return [fault.sentence for fault in check(library) if fault.code != "M-ZZ"]


def _as_dict(source: Source) -> dict[str, object]:
    return {name: getattr(source, name) for name in Source.__slots__}


_SLOTS = (Section("", "Ô", "".join(f"<p>{{{{?{s.name}}}}}</p>" for s in read_slots())),)


def with_html(html: str, **also: object) -> Source:
    source = whole()
    sections = (replace(source.sections[0], html=html), *source.sections[1:])
    return replace(source, sections=sections, **also)


def test_a_sound_text_has_no_fault():
    assert faults_of(whole()) == []


@pytest.mark.parametrize(("source", "said"), [
    (with_html("<p>{{ten_la}}</p>"), "không có trong danh mục: ten_la"),
    (with_html("<p>{{?o_la}}</p>"), "Ô cần điền o_la chưa khai báo"),
    (with_html("<p>{{ma:M-QT-98}}</p>"), "mẫu M-QT-98 không có"),
    (with_html("<p>{{#so}}a{{/so}}</p>"), "Đoạn cho so"),
    (with_html("<p>{{#xa_phuong}}a</p>"), "chưa đóng"),
    (with_html("<p>{{ 7*7 }}</p>"), "Không hiểu chỗ để điền"),
    (with_html("<p>[nêu rõ ở đây]</p>"), "ngoặc vuông"),
    (with_html("<p>Theo qui trình.</p>"), "quy trình"),
    (with_html("<p>Nộp ngay!</p>"), "chấm than"),
    (with_html("<p>a<script>b</script></p>"), "thẻ"),
    (with_html("<p>a</p><div>b</div>"), "thẻ"),
    (with_html("<p>a<strong>b</p></strong>"), "không khớp"),
    (with_html(""), "còn trống"),
    (replace(whole(), clauses=("7.99",)), "Điều khoản 7.99"),
    (replace(whole(), clauses=()), "không gắn với điều khoản"),
    (replace(whole(), kind="guidance"), "Loại tài liệu"),
    (replace(whole(), audience=("planet",)), "Loại cơ quan planet"),
    (replace(whole(), sets=("moon",)), "Bộ mẫu moon"),
    (replace(whole(), sets=("department",)), "không dành cho loại cơ quan nào của bộ"),
    (replace(whole(), sections=whole().sections[:6]), "bảy mục"),
    (replace(whole(), legal_basis=()), "căn cứ pháp lý"),
    (replace(whole(), kind="tthc_procedure"), "bảng trình tự"),
    (replace(whole(), kind="form", parent="M-QT-00"), "không có mẫu đó"),
    (replace(whole(), kind="form", paper="decision"), "chỉ có các mục Căn cứ"),
])  # fmt: skip
def test_each_fault_is_told(source, said):
    assert any(said in fault for fault in faults_of(source)), faults_of(source)


def test_steps_must_take_the_whole_time():
    steps = (Step("Nhận", "Một cửa", DAY, Unit.DAY, ""), Step("Trả", "Một cửa", DAY, Unit.DAY, ""))
    said = Procedure("", "Hộ tịch", "commune", "full", "", None, 3 * DAY, Unit.DAY, steps)
    source = replace(whole(), kind="tthc_procedure", procedure=said)

    assert any("khác tổng thời gian" in fault for fault in faults_of(source))
    assert faults_of(replace(source, procedure=replace(said, minutes=2 * DAY))) == []


def test_a_table_with_a_total_must_add_up():
    table = (
        "<table><thead><tr><th>TT</th><th>Trình tự thực hiện</th><th>Trách nhiệm</th>"
        "<th>Thời gian</th></tr></thead><tbody><tr><td>1</td><td>Làm</td><td>A</td>"
        "<td>1 ngày</td></tr></tbody><tfoot><tr><th>Tổng thời gian</th><td></td><td></td>"
        "<td>{}</td></tr></tfoot></table>"
    )

    assert faults_of(with_html(table.format("1 ngày"))) == []
    assert any("cộng lại" in fault for fault in faults_of(with_html(table.format("2 ngày"))))


def test_a_form_is_named_by_its_procedure_and_stands_in_its_sets():
    form = replace(
        whole(), code="M-BM.99.01", title="Phiếu", kind="form", parent="M-QT-99",
        sections=(Section("", "Nội dung biểu mẫu", "<p>a</p>"),),
    )  # fmt: skip

    assert any("chưa liệt kê M-BM.99.01" in fault for fault in faults_of(whole(), form))
    sections = tuple(
        replace(s, html="<p>{{ma:M-BM.99.01}}</p>") if s.title == "Biểu mẫu" else s
        for s in whole().sections
    )
    named = replace(whole(), sections=sections)
    assert faults_of(named, form) == []
    elsewhere = replace(form, sets=("department",), audience=("department",))
    assert any("không có trong bộ commune" in fault for fault in faults_of(named, elsewhere))


def test_the_shipped_library_passes():
    library = Library(read_all(), read_slots(), read_sets(), clause_numbers())

    assert check(library) == []


def test_the_library_is_large_enough_to_begin_with():
    sources = read_all()
    kinds = [source.kind for source in sources]
    questions = sum(
        section.html.count("<tr>") - 1
        for source in sources
        if source.code.startswith("M-PH-")
        for section in source.sections
        if section.title == "Nội dung biểu mẫu"
    )

    assert len(sources) >= 100
    assert kinds.count("system_procedure") == 6
    assert kinds.count("tthc_procedure") >= 7
    assert questions >= 150
    for key in ("commune", "department", "sub_department"):
        assert sum(key in source.sets for source in sources) >= 60
