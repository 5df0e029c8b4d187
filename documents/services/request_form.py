"""What the paper of a change request says (BM.01.01), put together from its rows."""

from collections.abc import Container

from django.utils import timezone

from documents.models import ChangeRequest, ChangeRequestLine
from qms.paper.report import Block, Grid, Report, Signer


def report_of(asked: ChangeRequest, *, seen: Container[int]) -> Report:
    """The form; a document that its reader may not see (not in `seen`) is not named."""
    agency, day = asked.agency, timezone.localdate(asked.proposed_at)
    rows = tuple(
        (str(n), str(line.get_wish_display()), _named(line, seen), line.what, _became(line, seen))
        for n, line in enumerate(asked.lines.all(), 1)
    )
    return Report(
        parent_name=agency.parent.name if agency.parent else "",
        agency_name=asked.proposed_agency,
        place_and_date=f"{agency.place or '……'}, ngày {day:%d} tháng {day:%m} năm {day.year}",
        kind="PHIẾU YÊU CẦU",
        subject="Ban hành, sửa đổi, bãi bỏ tài liệu",
        number=asked.number,
        facts=(
            ("Người đề nghị", f"{asked.proposed_name}, {asked.proposed_position}".strip(", ")),
            ("Đề nghị", "; ".join(asked.wishes)),
            ("Tình trạng", str(asked.get_state_display())),
        ),
        blocks=(
            Block("1. Lý do", (asked.reason,)),
            Block("2. Ảnh hưởng đến công việc, tài liệu khác", (asked.impact or "Không nêu.",)),
            Block(
                "3. Tài liệu và nội dung đề nghị",
                grid=Grid(("TT", "Đề nghị", "Tài liệu", "Nội dung đề nghị", "Kết quả"), rows),
            ),
            Block("4. Ý kiến xem xét", (asked.answer or "……",)),
        ),
        signers=(
            Signer("Người đề nghị", asked.proposed_name),
            Signer("Người xem xét", asked.decided_name),
        ),
    )


def _named(line: ChangeRequestLine, seen: Container[int]) -> str:
    if line.document is None:
        return f"{line.title} ({line.get_kind_display()})"
    return str(line.document) if line.document.pk in seen else "Tài liệu hạn chế"


def _became(line: ChangeRequestLine, seen: Container[int]) -> str:
    if line.version is not None and line.version.document_id in seen:
        return f"{line.version.number}: {line.version.get_state_display()}"
    return line.remark
