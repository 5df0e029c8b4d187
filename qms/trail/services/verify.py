"""Check that nobody has edited, removed, swapped, inserted or cut off a fact."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from qms.agencies.models import Agency
from qms.trail.models import Chain, Event


@dataclass(frozen=True, slots=True)
class Fault:
    """The first place where a chain is not what it was: agency, sequence, what is wrong."""

    agency: Agency
    sequence: int
    event: Event | None
    what: str


def first_fault(agency: Agency) -> Fault | None:
    """The first broken link of the agency's chain; None when every link holds."""
    expected, head = 1, ""
    for event in agency.events.order_by("sequence").iterator(chunk_size=2000):
        if event.sequence != expected:
            return Fault(agency, expected, None, _("Thiếu sự kiện có số thứ tự này."))
        if event.prev_hash != head:
            return Fault(agency, expected, event, _("Không nối tiếp sự kiện ngay trước."))
        if event.hash != event.computed_hash():
            return Fault(agency, expected, event, _("Nội dung sự kiện đã bị sửa."))
        expected, head = expected + 1, event.hash
    return _cut_off(agency, expected, head)


def _cut_off(agency: Agency, expected: int, head: str) -> Fault | None:
    chain = Chain.objects.filter(pk=agency.pk).first()
    length, kept = (chain.length, chain.head) if chain else (0, "")
    if length >= expected:
        return Fault(agency, expected, None, _("Các sự kiện cuối chuỗi đã bị xóa."))
    if length < expected - 1 or kept != head:
        return Fault(agency, expected - 1, None, _("Đầu chuỗi không khớp sự kiện cuối cùng."))
    return None
