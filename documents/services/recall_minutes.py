"""The minutes of recalling and destroying the copies of an ended version (Biên bản thu hồi, hủy)."""

from collections.abc import Sequence

from django.utils import timezone

from documents.lifecycles import CopyState
from documents.models import ControlledCopy, Version
from qms.agencies.models import User
from qms.paper.report import Block, Grid, Report, Signer

HEAD = ("Số bản", "Người, bộ phận giữ", "Ngày giao", "Ngày thu hồi", "Ngày hủy", "Ghi chú")


def minutes_of(version: Version, copies: Sequence[ControlledCopy], *, by: User) -> Report:
    """In the form of Nghị định 30/2020, number left to Văn thư: what came back, was lost, is out."""
    agency, today = version.document.agency, timezone.localdate()
    back = [c for c in copies if c.state in (CopyState.RETURNED, CopyState.DESTROYED)]
    lost = [c for c in copies if c.state == CopyState.LOST]
    out = [c for c in copies if c.state == CopyState.OUT]
    return Report(
        parent_name=agency.parent.name if agency.parent else "",
        agency_name=agency.name,
        place_and_date=f"{agency.place or '……'}, ngày {today:%d} tháng {today:%m} năm {today:%Y}",
        kind="BIÊN BẢN",
        subject=f"Thu hồi, hủy bản kiểm soát của tài liệu {version.code}, {version.number}",
        facts=(
            ("Tên tài liệu", version.title),
            ("Mã hiệu, lần ban hành", str(version)),
            ("Tình trạng", str(version.get_state_display())),
            ("Ngày hết hiệu lực", f"{version.ended_on:%d/%m/%Y}" if version.ended_on else "……"),
            ("Tổng số bản kiểm soát đã giao", f"{len(copies):02d}"),
        ),
        blocks=(
            _block("1. Các bản đã thu hồi, hủy", back, "Chưa thu hồi bản nào."),
            _block("2. Các bản báo mất", lost, "Không có bản nào báo mất."),
            _block("3. Các bản còn phải thu hồi", out, "Không còn bản nào phải thu hồi."),
        ),
        signers=(
            Signer("Đại diện đơn vị giữ tài liệu", ""),
            Signer("Người thu hồi, hủy", str(by)),
        ),
        recipients=("Lãnh đạo cơ quan;", "Đơn vị giữ tài liệu;", "Lưu: VT, hồ sơ ISO."),
    )


def _block(heading: str, copies: Sequence[ControlledCopy], none: str) -> Block:
    if not copies:
        return Block(heading, (none,))
    rows = tuple(
        (
            c.label, c.holder, _day(c.given_on), _day(c.returned_on), _day(c.destroyed_on),
            c.remark,
        )
        for c in copies
    )  # fmt: skip
    return Block(heading, grid=Grid(HEAD, rows))


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
