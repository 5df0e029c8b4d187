"""A word from the province to the agencies that are behind."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from qms.agencies.models import Membership, Role, User
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.library.matrix import Matrix, behind_since
from qms.library.permissions import oversight_body, require_overseer
from qms.notices.services import notify
from qms.trail.services import record


@transaction.atomic
def remind(matrix: Matrix | None, *, by: User) -> int:
    """Tell the quality office of every agency of the matrix with something left to do; how many.

    Asked twice on one day it tells nobody twice. Refuses others than the province's people,
    and when no agency is behind.
    """
    require_overseer(by)
    if matrix is None:
        raise Unacceptable(_("Chọn lại bộ lọc của bảng trước khi nhắc."))
    body, day = oversight_body(), timezone.localdate()
    agencies = behind_since(matrix)
    if not agencies or body is None:
        raise IllegalMove(_("Mọi cơ quan trong bảng đều theo đúng bản mới nhất, không phải nhắc."))
    holders = Membership.objects.current(day).filter(agency__in=agencies, role=Role.QUALITY)
    people: dict[int, list[User]] = {}
    for row in holders.select_related("user"):
        people.setdefault(row.agency_id, []).append(row.user)
    for agency in agencies:
        notify(
            people.get(agency.pk, []), agency=agency, key=f"library.behind:{agency.pk}:{day}",
            subject=_("Tỉnh nhắc: cơ quan còn mẫu chưa áp dụng hoặc chưa cập nhật"),
            address=reverse("library:adoption-list"),
        )  # fmt: skip
    record(by, "library.reminded", body, agency=body, agencies=[a.pk for a in agencies])
    return len(agencies)
