"""Writing down who is to have a document: its own list, or the default of its kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from documents import permissions
from documents.models import Distribution, DistributionLine, Document, DocumentKind
from documents.services import dissemination
from documents.services.audience import workers_of
from qms.agencies.models import Agency, Role, Unit, User
from qms.kernel.refusals import Stale, Unacceptable
from qms.trail.services import record


@dataclass(frozen=True, slots=True)
class Line:
    """A line as typed: a person, or a role and a unit, either of which may be left open."""

    role: str = ""
    unit: Unit | None = None
    person: User | None = None


@transaction.atomic
def assign(
    document: Document, *, by: User, lines: Sequence[Line], revision: int = 0
) -> Distribution:
    """Give a document its own list; whoever is new on it is asked to read at once.

    `revision` names the save the list was changed from, 0 when it had none: refuses with
    `Stale` when somebody saved since. Refuses people and units of other agencies.
    """
    kept = Distribution.objects.filter(document=document).first()
    wanted = kept or Distribution(agency=document.agency, document=document)
    saved = _save(wanted, by=by, lines=lines, revision=revision)
    for version in document.versions.in_force().select_related("document__agency"):
        dissemination.distribute_to_list(version, by=by)
    return saved


@transaction.atomic
def assign_default(
    agency: Agency, *, by: User, kind: DocumentKind, lines: Sequence[Line], revision: int = 0
) -> Distribution:
    """Set who has the documents of one kind that have no list of their own.

    It is asked for when a version comes into force; nobody is sent to read what has been
    in force for long. Refuses as `assign` does.
    """
    kept = Distribution.objects.filter(agency=agency, kind=kind).first()
    wanted = kept or Distribution(agency=agency, kind=kind)
    return _save(wanted, by=by, lines=lines, revision=revision)


def _save(
    distribution: Distribution, *, by: User, lines: Sequence[Line], revision: int
) -> Distribution:
    permissions.require(by, "assign", distribution)
    agency, chosen = distribution.agency, list(dict.fromkeys(lines))
    _require_ours(agency, chosen)
    _take(distribution, revision)
    before = [str(line) for line in distribution.lines.select_related("unit", "person")]
    distribution.lines.all().delete()
    rows = [
        DistributionLine(
            distribution=distribution, role=line.role, unit=line.unit, person=line.person
        )
        for line in chosen
    ]
    DistributionLine.objects.bulk_create(rows)
    record(
        by,
        "distribution.assigned",
        distribution,
        agency=agency,
        before=before,
        after=[str(line) for line in rows],
    )
    return distribution


def _take(distribution: Distribution, revision: int) -> None:
    """Make this save the only one that follows `revision`."""
    if distribution._state.adding:
        try:
            with transaction.atomic():
                distribution.save()
        except IntegrityError:
            raise Stale(_stale()) from None
        return
    same = Distribution.objects.filter(pk=distribution.pk, revision=revision)
    if not same.update(revision=F("revision") + 1):
        raise Stale(_stale())
    distribution.refresh_from_db(fields=["revision"])


def _require_ours(agency: Agency, lines: Iterable[Line]) -> None:
    workers = workers_of(agency)
    for line in lines:
        if line.unit is not None and line.unit.agency_id != agency.pk:
            raise Unacceptable(_("%s không thuộc cơ quan này.") % line.unit)
        if line.person is not None and line.person.pk not in workers:
            raise Unacceptable(_("%s không làm việc tại cơ quan này.") % line.person)
        if line.role and line.role not in Role.values:
            raise Unacceptable(_("Chọn vai trò có trong danh sách."))
        if line.person is not None and (line.role or line.unit):
            raise Unacceptable(
                _("Dòng nêu tên người không kèm vai trò hoặc phòng. Tách thành hai dòng.")
            )


def _stale() -> str:
    return _("Người khác vừa lưu danh sách phân phối này. Tải lại trang rồi sửa tiếp.")
