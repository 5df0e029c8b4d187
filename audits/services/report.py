"""What the report of an audit says, put together from its rows."""

from collections import Counter

from django.utils import timezone

from audits.models import GRADES, Audit, Grade
from qms.paper.report import Block, Grid, Report, Signer


def report_of(audit: Audit) -> Report:
    """The report in the form of Nghị định 30/2020; its number is left to Văn thư."""
    agency = audit.agency
    today = timezone.localdate()
    return Report(
        parent_name=agency.parent.name if agency.parent else "",
        agency_name=agency.name,
        place_and_date=f"{agency.place or '……'}, ngày {today:%d} tháng {today.month:02d} năm {today.year}",
        kind="BÁO CÁO",
        subject=f"Kết quả {audit.title[:1].lower()}{audit.title[1:]}",
        facts=(
            ("Số hiệu", audit.number),
            ("Loại", str(audit.get_kind_display())),
            ("Thời gian", f"{audit.starts_on:%d/%m/%Y} – {audit.ends_on:%d/%m/%Y}"),
            ("Quyết định thành lập đoàn", audit.decision_no or "……"),
        ),
        blocks=(
            Block(
                "1. Mục tiêu, phạm vi, chuẩn mực", (audit.objectives, audit.scope, audit.criteria)
            ),
            Block("2. Đoàn đánh giá", grid=_team(audit)),
            Block("3. Kết quả theo điều khoản", grid=_summary(audit)),
            Block("4. Điểm không phù hợp", _none_found(audit), _findings(audit)),
            Block("5. Khuyến nghị, điểm lưu ý, điểm mạnh", grid=_remarks(audit)),
            Block("6. Kết luận", (audit.conclusion,)),
        ),
        signers=(Signer("Trưởng đoàn đánh giá", str(audit.lead)),),
        recipients=("Lãnh đạo cơ quan;", "Các đơn vị được đánh giá;", "Lưu: VT, hồ sơ ISO."),
    )


def _team(audit: Audit) -> Grid:
    rows = tuple((m.name, m.position, str(m.get_duty_display())) for m in audit.team.all())
    return Grid(("Họ và tên", "Chức vụ", "Nhiệm vụ"), rows)


def _summary(audit: Audit) -> Grid:
    """One row a clause and unit: how many questions, and how they turned out."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    items = audit.items.select_related("clause", "unit", "answer")
    for item in items:
        key = (f"{item.clause.number} {item.clause.title_vi}".strip(), item.unit.name)
        counts.setdefault(key, Counter())[item.answer.grade] += 1
    rows = tuple(
        (
            clause,
            unit,
            str(sum(grades.values())),
            "; ".join(f"{Grade(grade).label}: {n}" for grade, n in sorted(grades.items())),
        )
        for (clause, unit), grades in counts.items()
    )
    return Grid(("Điều khoản", "Đơn vị", "Số câu", "Kết quả"), rows)


def _findings(audit: Audit) -> Grid | None:
    found = audit.findings.filter(grade__in=sorted(GRADES)).select_related(
        "clause", "unit", "nonconformity"
    )
    rows = tuple(
        (
            f.nonconformity.number,
            str(f.get_grade_display()),
            f"{f.clause.number} · {f.unit.name}",
            f"{f.statement} Yêu cầu: {f.criterion}",
            f.evidence,
        )
        for f in found
    )
    head = ("Số phiếu", "Mức", "Điều khoản, đơn vị", "Mô tả, yêu cầu", "Bằng chứng")
    return Grid(head, rows) if rows else None


def _none_found(audit: Audit) -> tuple[str, ...]:
    return () if _findings(audit) else ("Không phát hiện điểm không phù hợp.",)


def _remarks(audit: Audit) -> Grid | None:
    graded = [Grade.OFI, Grade.OBSERVATION, Grade.GOOD_PRACTICE]
    items = audit.items.filter(answer__grade__in=graded).select_related("answer", "clause", "unit")
    rows = tuple(
        (
            str(Grade(i.answer.grade).label),
            f"{i.clause.number} · {i.unit.name}",
            i.answer.note or i.answer.evidence or i.question,
        )
        for i in items
    )
    return Grid(("Loại", "Điều khoản, đơn vị", "Nội dung"), rows) if rows else None
