"""Doing without a template, with a reason; and taking that back."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qms.agencies.models import Agency, User
from qms.kernel.refusals import IllegalMove, Unacceptable
from qms.kernel.text import nfc
from qms.library.models import Adoption, Template, Waiver
from qms.library.permissions import require_waiver
from qms.trail.services import record


@transaction.atomic
def waive(template: Template, agency: Agency, *, by: User, reason: str) -> Waiver:
    """Say that the agency does without the template, and why.

    Refuses people who may not decide that for the agency, an empty reason, a template it has
    adopted, and one it waives already.
    """
    require_waiver(by, agency)
    reason = nfc(reason).strip()[:1000]
    if not reason:
        raise Unacceptable(_("Nêu lý do cơ quan không áp dụng mẫu này."))
    if Adoption.objects.filter(template=template, agency=agency).exists():
        raise IllegalMove(_("Cơ quan đã áp dụng mẫu này. Bãi bỏ tài liệu trước khi miễn áp dụng."))
    try:
        with transaction.atomic():
            waiver = Waiver.objects.create(
                template=template, agency=agency, reason=reason, by=by, by_name=str(by),
                by_position=by.standing.position_at(agency.pk),
            )  # fmt: skip
    except IntegrityError:
        raise IllegalMove(_("Cơ quan đã miễn áp dụng mẫu này.")) from None
    record(by, "template.waived", template, agency=agency, reason=reason, waiver=waiver.pk)
    return waiver


@transaction.atomic
def lift(waiver: Waiver, *, by: User) -> None:
    """Take a waiver back. Refuses as `waive`, and what was lifted before."""
    require_waiver(by, waiver.agency)
    _lift(waiver, by=by)


def lift_if_standing(template: Template, agency: Agency, *, by: User) -> None:
    """Adopting a template ends its waiver."""
    for waiver in Waiver.objects.standing().filter(template=template, agency=agency):
        _lift(waiver, by=by)


def standing(agency: Agency) -> list[int]:
    """The templates that the agency does without."""
    return list(
        Waiver.objects.standing().filter(agency=agency).values_list("template_id", flat=True)
    )


def _lift(waiver: Waiver, *, by: User) -> None:
    lifted = Waiver.objects.standing().filter(pk=waiver.pk)
    if not lifted.update(lifted_by=by, lifted_at=timezone.now()):
        raise IllegalMove(_("Việc miễn áp dụng này đã được bỏ trước đó."))
    record(by, "template.waiver_lifted", waiver.template, agency=waiver.agency, waiver=waiver.pk)
