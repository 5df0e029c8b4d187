"""The minutes of recalling and destroying the copies of an ended version (Biên bản thu hồi, hủy)."""

from collections.abc import Sequence

from django.utils import timezone

from documents.lifecycles import CopyState
from documents.models import ControlledCopy, Version
from qms.agencies.models import User
from qms.paper.report import Block, Grid, Report, Signer

HEAD = ("Số bản", "Nơi giữ", "Ngày giao")


def minutes_of(version: Version, copies: Sequence[ControlledCopy], *, by: User) -> Report:
    """In the form of Nghị định 30/2020, number left to Văn thư: what came back, was lost, is out.

    Beside copies that are still out, room is left to write by hand when they come.
    """
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
            _block("1. Các bản đã thu hồi, hủy", back, "Thu hồi, hủy", "Chưa thu hồi bản nào."),
            _block("2. Các bản báo mất", lost, "Ngày báo mất", "Không có bản nào báo mất."),
            _block(
                "3. Các bản còn phải thu hồi",
                out,
                "Đã nhận lại",
                "Không còn bản nào phải thu hồi.",
            ),
        ),
        signers=(
            Signer("Đại diện đơn vị giữ tài liệu", ""),
            Signer("Người thu hồi, hủy", str(by)),
        ),
        recipients=("Lãnh đạo cơ quan;", "Đơn vị giữ tài liệu;", "Lưu: VT, hồ sơ ISO."),
    )


def _block(heading: str, copies: Sequence[ControlledCopy], left: str, none: str) -> Block:
    if not copies:
        return Block(heading, (none,))
    rows = tuple((c.label, c.holder, _day(c.given_on), _left(c), c.remark) for c in copies)
    return Block(heading, grid=Grid((*HEAD, left, "Ghi chú"), rows))


def _left(copy: ControlledCopy) -> str:
    """When and how the copy left its holder's hands."""
    if copy.state == CopyState.LOST:
        return _day(copy.lost_on)
    said = []
    if copy.returned_on:
        said.append(f"Thu hồi {copy.returned_on:%d/%m/%Y}")
    if copy.destroyed_on:
        said.append(f"Hủy {copy.destroyed_on:%d/%m/%Y}")
    return "; ".join(said)


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
