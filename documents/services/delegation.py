"""Letting somebody decide in one's place for some days ("ủy quyền xử lý")."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import Delegation
from qms.agencies.models import Agency, User
from qms.kernel.refusals import Stale, Unacceptable
from qms.kernel.text import one_line
from qms.notices.services import notify
from qms.trail.services import record

LONGEST = dt.timedelta(days=180)


@transaction.atomic
def create(
    agency: Agency,
    *,
    by: User,
    deputy: User,
    starts_on: dt.date,
    ends_on: dt.date,
    reason: str,
    giver: User | None = None,
) -> Delegation:
    """Name a deputy for oneself; the quality office and the administrator may for others.

    Refuses a deputy from elsewhere, oneself, days in the wrong order or past, more than
    half a year, and a second deputy for the same days.
    """
    giver = giver or by
    permissions.require_delegator(by, agency, giver)
    _require_deputy(agency, giver, deputy)
    _require_days(starts_on, ends_on)
    if not one_line(reason):
        raise Unacceptable(_("Nêu căn cứ hoặc lý do ủy quyền."))
    User.objects.select_for_update().get(pk=giver.pk)  # one at a time: two would overlap
    overlapping = Delegation.objects.filter(
        agency=agency, giver=giver, ended_at=None, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    if overlapping.exists():
        raise Unacceptable(
            _("Trong những ngày này đã có người được ủy quyền. Kết thúc ủy quyền đó trước.")
        )
    delegation = Delegation.objects.create(
        agency=agency, giver=giver, deputy=deputy, starts_on=starts_on, ends_on=ends_on,
        reason=one_line(reason)[:300],
    )  # fmt: skip
    record(
        by, "delegation.created", delegation, agency=agency, reason=delegation.reason,
        giver=str(giver), deputy=str(deputy), starts_on=str(starts_on), ends_on=str(ends_on),
    )  # fmt: skip
    notify(
        [deputy], agency=agency, key=f"delegation:{delegation.pk}", address=reverse("documents:delegation-list"),
        subject=_("%(giver)s ủy quyền cho bạn xử lý từ %(start)s đến %(end)s")
        % {"giver": giver, "start": f"{starts_on:%d/%m/%Y}", "end": f"{ends_on:%d/%m/%Y}"},
    )  # fmt: skip
    return delegation


@transaction.atomic
def end(delegation: Delegation, *, by: User) -> None:
    """End it before its day. What the deputy decided meanwhile stands."""
    permissions.require_delegator(by, delegation.agency, delegation.giver)
    still = Delegation.objects.filter(pk=delegation.pk, ended_at=None)
    if not still.update(ended_at=timezone.now()):
        raise Stale(_("Ủy quyền này đã kết thúc. Tải lại trang."))
    record(by, "delegation.ended", delegation, agency=delegation.agency)


def _require_deputy(agency: Agency, giver: User, deputy: User) -> None:
    if deputy.pk == giver.pk:
        raise Unacceptable(_("Người được ủy quyền phải là người khác."))
    for person in (giver, deputy):
        if agency.pk not in person.standing.agencies:
            raise Unacceptable(_("%s không làm việc tại cơ quan này.") % person)


def _require_days(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on < starts_on:
        raise Unacceptable(_("Ngày cuối phải từ ngày đầu trở đi."))
    if ends_on < timezone.localdate():
        raise Unacceptable(_("Những ngày này đã qua."))
    if ends_on - starts_on > LONGEST:
        raise Unacceptable(_("Mỗi lần ủy quyền tối đa %d ngày.") % LONGEST.days)
