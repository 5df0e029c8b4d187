"""The province's newer text and our own become one; what no rule decides is asked."""

from dataclasses import replace

import pytest

from documents.services.merging import OURS, PROVINCE, merge, resolve
from qms.kernel.content import Content, Procedure, Section, Step
from qms.kernel.durations import DAY, Unit
from qms.kernel.refusals import Unacceptable
from qms.word.units import same_key, units
from tests.documents.services.merge_cases import ABC, CASES, A, B, C, p, table


def content(*sections: str, procedure: Procedure | None = None) -> Content:
    made = []
    for said in sections:
        head, html = said.split("|", 1)
        number, title = head.split(". ", 1)
        made.append(Section(number, title, html))
    return Content(
        "UBND xã A", "", "TCVN ISO 9001:2015", "QUY TRÌNH", "QT.01", "Một cửa", 1, 0, None, None,
        (), (), tuple(made), procedure,
    )  # fmt: skip


def merged_of(case):
    return merge(content(*case.base), content(*case.province), content(*case.ours))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_prepared_case_comes_out_as_expected(case):
    merged = merged_of(case)

    assert " ".join(s.outcome for s in merged.sections) == case.outcomes
    assert len(merged.conflicts) == case.conflicts
    settled = resolve(merged, {c.key: case.choice for c in merged.conflicts})
    said = [f"{s.number}. {s.title}|{same_key(s.html)}" for s in settled.sections]
    assert said == [text.replace("> <", "><") for text in case.text]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_anybody_wrote_is_lost(case):
    merged = merged_of(case)

    base = {same_key(u) for s in content(*case.base).sections for u in units(s.html)}
    shown = " ".join(
        same_key(piece if isinstance(piece, str) else piece.ours + piece.province)
        for s in merged.sections
        for piece in s.pieces
    )
    for side in (case.province, case.ours):
        for section in content(*side).sections:
            for unit in units(section.html):
                if same_key(unit) not in base and not unit.startswith(("<ul", "<table")):
                    assert same_key(unit) in shown


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_conflict_is_refused_until_it_is_settled(case):
    merged = merged_of(case)

    if merged.conflicts:
        with pytest.raises(Unacceptable, match="chưa chọn"):
            resolve(merged, {})
    else:
        assert resolve(merged, {}).sections
    assert [c.key for c in merged.conflicts] == [c.key for c in merged_of(case).conflicts]


def test_there_are_cases_enough_of_every_kind():
    outcomes = " ".join(case.outcomes for case in CASES)

    assert len(CASES) >= 48
    assert outcomes.count("conflict") >= 12
    assert len({*outcomes.split()}) == 9


def steps(*rows: tuple[str, int]) -> tuple[Step, ...]:
    return tuple(Step(name, "Một cửa", days * DAY, Unit.DAY, "") for name, days in rows)


def details(*rows: tuple[str, int], days: int = 3, field: str = "Hộ tịch") -> Procedure:
    return Procedure(
        "1.001193", field, "commune", "full", "", None, days * DAY, Unit.DAY, steps(*rows)
    )


def test_steps_are_merged_row_by_row():
    base = details(("Nhận hồ sơ", 1), ("Thẩm tra hồ sơ", 1), ("Trả kết quả", 1))
    province = details(
        ("Nhận hồ sơ", 1), ("Thẩm tra hồ sơ", 1), ("Ký số", 1), ("Trả kết quả", 1), days=4
    )
    ours = details(("Nhận hồ sơ", 1), ("Thẩm tra kỹ hồ sơ", 1), ("Trả kết quả", 1))

    merged = merge(content(procedure=base), content(procedure=province), content(procedure=ours))

    assert merged.conflicts == ()
    assert resolve(merged, {}).procedure == details(
        ("Nhận hồ sơ", 1), ("Thẩm tra kỹ hồ sơ", 1), ("Ký số", 1), ("Trả kết quả", 1), days=4
    )


def test_a_step_and_a_fact_that_both_changed_are_asked():
    base = details(("Nhận hồ sơ", 1))
    province, ours = (
        details(("Nhận hồ sơ", 2), field="Tư pháp"),
        details(("Nhận hồ sơ", 3), field="Dân cư"),
    )
    merged = merge(content(procedure=base), content(procedure=province), content(procedure=ours))

    assert len(merged.conflicts) == 2
    assert resolve(merged, {c.key: OURS for c in merged.conflicts}).procedure == ours
    assert resolve(merged, {c.key: PROVINCE for c in merged.conflicts}).procedure == province


def test_our_numbers_code_and_sheet_stay_ours():
    base = content(f"1. Mục đích|{ABC}")
    ours = replace(base, code="QT.09", issue_no=3)

    assert resolve(merge(base, base, ours), {}).code == "QT.09"
    assert resolve(merge(base, base, ours), {}).issue_no == 3


def test_large_tables_and_long_texts_come_through():
    rows = [f"{n}|{A} thứ {n}" for n in range(300)]
    base = content(f"1. Bảng|{table(*rows)}", f"2. Chữ|{p(*[f'{B} {n}' for n in range(400)])}")
    mine = [*rows[:150], f"150|{C}", *rows[151:]]
    theirs = [*rows[:20], f"20|{C} của tỉnh", *rows[21:], "300|Thêm"]

    merged = merge(
        base, content(f"1. Bảng|{table(*theirs)}", f"2. Chữ|{p(*[f'{B} {n}' for n in range(400)])}"),
        content(f"1. Bảng|{table(*mine)}", f"2. Chữ|{p(*[f'{B} {n}' for n in range(400)])}"),
    )  # fmt: skip

    html = resolve(merged, {}).sections[0].html
    assert f"<td>{C}</td>" in html
    assert f"{C} của tỉnh" in html
    assert html.count("<tr>") == 301
