"""Setting the route that an agency's documents of one kind go through."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import Duty, Route, RouteSeat, RouteStep, Rule
from documents.services.run import Planned
from qms.agencies.models import Agency, User
from qms.kernel.refusals import Stale, Unacceptable
from qms.kernel.text import one_line
from qms.trail.services import record

LONGEST = 12


@transaction.atomic
def create(agency: Agency, *, by: User, name: str, kind: str, steps: Sequence[Planned]) -> Route:
    """Set the route of one kind (or of every other kind), in place of the one before.

    Runs under way keep the stations they began with. Refuses a route that does not end
    with an approval, reviews after an approval, and stations that ask nobody.
    """
    permissions.require_controller(by, agency)
    if not one_line(name):
        raise Unacceptable(_("Nhập tên tuyến phê duyệt."))
    _require_sound(steps, agency)
    before = Route.objects.current().filter(agency=agency, kind=kind).first()
    if before is not None:
        retire(before, by=by)
    route = Route.objects.create(agency=agency, name=one_line(name), kind=kind)
    for planned in steps:
        step = RouteStep.objects.create(
            route=route, order=planned.order, duty=planned.duty, rule=planned.rule,
            needed=planned.needed, days=planned.days,
        )  # fmt: skip
        RouteSeat.objects.bulk_create(
            RouteSeat(step=step, person=s.person, role=s.role, unit=s.unit) for s in planned.seats
        )
    record(by, "route.created", route, agency=agency, kind=kind, steps=[_said(s) for s in steps])
    return route


@transaction.atomic
def retire(route: Route, *, by: User) -> None:
    """Give the route up: documents of its kind go the general way again."""
    permissions.require_controller(by, route.agency)
    current = Route.objects.current().filter(pk=route.pk)
    if not current.update(retired_at=timezone.now()):
        raise Stale(_("Tuyến này đã ngừng dùng. Tải lại trang."))
    record(by, "route.retired", route, agency=route.agency, kind=route.kind)


def _require_sound(steps: Sequence[Planned], agency: Agency) -> None:
    duties = [step.duty for step in sorted(steps, key=lambda s: s.order)]
    if not duties or len(duties) > LONGEST:
        raise Unacceptable(_("Tuyến phê duyệt có từ 2 đến %d bước.") % LONGEST)
    if duties[0] != Duty.REVIEWER or duties[-1] != Duty.APPROVER:
        raise Unacceptable(_("Tuyến bắt đầu bằng soát xét và kết thúc bằng phê duyệt."))
    if Duty.REVIEWER in duties[duties.index(Duty.APPROVER) :]:
        raise Unacceptable(_("Mọi bước soát xét đứng trước bước phê duyệt đầu tiên."))
    for order in {step.order for step in steps}:
        if len({step.duty for step in steps if step.order == order}) > 1:
            raise Unacceptable(_("Các bước song song phải cùng là soát xét hoặc phê duyệt."))
    for step in steps:
        _require_seats(step, agency)


def _require_seats(step: Planned, agency: Agency) -> None:
    if not step.seats:
        raise Unacceptable(_("Mỗi bước cần ít nhất một người hoặc một vai trò."))
    for seat in step.seats:
        if seat.person is not None and agency.pk not in seat.person.standing.agencies:
            raise Unacceptable(_("%s không làm việc tại cơ quan này.") % seat.person)
        if seat.unit is not None and seat.unit.agency_id != agency.pk:
            raise Unacceptable(_("%s không thuộc cơ quan này.") % seat.unit)
    named = all(seat.person is not None for seat in step.seats)
    if step.rule == Rule.SOME and named and step.needed > len(step.seats):
        raise Unacceptable(_("Số người cần đồng ý nhiều hơn số người được hỏi."))


def _said(step: Planned) -> dict[str, object]:
    seats = [str(s.person) if s.person else f"{s.role}@{s.unit or ''}" for s in step.seats]
    return {
        "order": step.order, "duty": str(step.duty), "rule": str(step.rule),
        "needed": step.needed, "days": step.days, "seats": seats,
    }  # fmt: skip
