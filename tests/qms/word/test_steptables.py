"""The step table as real procedures write it: shared times, bare numbers, a total row."""

from qms.kernel.durations import Unit
from qms.word.steptables import step_table, total_in

HEAD = (
    "<tr><td>TT</td><td>Trình tự</td><td>Trách nhiệm</td><td>{}</td><td>Biểu mẫu/Kết quả</td></tr>"
)


def table(*rows: str, time: str = "Thời gian") -> str:
    return f"<p>Trước.</p><table>{HEAD.format(time)}{''.join(rows)}</table>"


def row(*cells: str) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def test_each_row_is_a_step_with_its_time_and_result():
    found = step_table(table(
        row("1", "<p>Tiếp nhận</p><p>hồ sơ</p>", "Một cửa", "02 giờ", "Mẫu 01"),
        row("2", "Thẩm định", "Chuyên viên", "2,5 ngày làm việc", "Dự thảo"),
        row("", "Tổng thời gian", "", "2,75 ngày", ""),
    ))  # fmt: skip

    assert [(s.name, s.responsible, s.time.minutes, s.result, s.unsure) for s in found.steps] == [
        ("Tiếp nhận hồ sơ", "Một cửa", 120, "Mẫu 01", ""),
        ("Thẩm định", "Chuyên viên", 1200, "Dự thảo", ""),
    ]
    assert found.total.minutes == 1320


def test_work_called_summing_up_is_a_step_and_no_total():
    found = step_table(table(
        row("1", "Tổng hợp ý kiến", "Thư ký", "2 ngày", ""),
        row("2", "Tổng kết", "Lãnh đạo", "1 ngày", ""),
        row("", "Tổng cộng", "", "3 ngày", ""),
    ))  # fmt: skip

    assert [s.time.minutes for s in found.steps] == [960, 480]
    assert found.total.minutes == 1440


def test_a_time_over_several_rows_counts_once():
    found = step_table(table(
        row("1", "Tiếp nhận", "Một cửa", "½ ngày", ""),
        '<tr><td>2</td><td>Xem xét</td><td>Văn phòng</td><td rowspan="2">01 ngày</td><td></td></tr>',
        "<tr><td>3</td><td>Ký</td><td>Lãnh đạo</td><td></td></tr>",
    ))  # fmt: skip

    assert [s.time and s.time.minutes for s in found.steps] == [240, 480, None]
    assert [s.unsure for s in found.steps] == ["", "", ""]


def test_what_is_not_clear_is_named():
    found = step_table(
        table(row("1", "Ký", "A", "01", ""), row("2", "Trả", "B", "trong ngày", ""))
    )

    assert [s.unsure for s in found.steps] == ["01", "trong ngày"]
    assert found.steps[0].time.unit == Unit.DAY
    hours = step_table(table(row("1", "Ký", "A", "2", ""), time="Thời gian (giờ)"))
    assert (hours.steps[0].time.minutes, hours.steps[0].unsure) == (120, "")


def test_other_tables_are_none():
    assert step_table("<p>Không có bảng.</p>") is None
    assert step_table("<table><tr><td>Mã</td><td>Tên</td></tr></table>") is None


def test_the_whole_time_is_read_from_its_line():
    assert total_in("Mục đích\nThời gian xử lý: Không quá 02 ngày làm việc").minutes == 960
    assert total_in("Quy định thời gian giải quyết hồ sơ của cơ quan") is None
