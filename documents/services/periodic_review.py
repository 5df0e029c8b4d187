"""When a document in force must be looked at again, and concluding that look."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VersionState
from documents.models import (
    ControlSettings,
    Document,
    PeriodicReview,
    ReviewVerdict,
    Version,
    VersionQuerySet,
)
from documents.services import draft as drafts
from documents.services import version as versions
from qms.agencies.models import Agency, User
from qms.kernel.dates import add_months
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.services import record


@dataclass(frozen=True, slots=True)
class Due:
    """A version in force and the day by which somebody must look at it again."""

    version: Version
    due_on: dt.date


def due_on(version: Version) -> dt.date:
    """Some months after it took effect, or after it was last looked at."""
    months = ControlSettings.of(version.document.agency).review_months
    last = version.document.periodic_reviews.aggregate(last=Max("on"))["last"]
    return _due(version, last, months)


def due_until(versions_in_force: VersionQuerySet, day: dt.date) -> list[Due]:
    """Those of the versions that are due by `day`, the latest first; two queries."""
    rows = versions_in_force.annotate(looked_at=Max("document__periodic_reviews__on"))
    months = _months(Agency.objects.filter(documents__versions__in=versions_in_force))
    found = [
        Due(
            version,
            _due(version, version.looked_at, months[version.document.agency_id]),  # type: ignore[attr-defined]  # annotated above
        )
        for version in rows
    ]
    return sorted((due for due in found if due.due_on <= day), key=lambda due: due.due_on)


@transaction.atomic
def conclude(
    version: Version,
    *,
    by: User,
    verdict: str,
    remark: str,
    replaced_by: Document | None = None,
) -> PeriodicReview:
    """Say whether the version in force stays, is revised or withdrawn; done in the same act.

    Refuses others than the quality office, a version that is not in force, no remark, a
    replacement without withdrawing, and a second conclusion for the same day. `revise` opens
    the draft unless one is on its way.
    """
    permissions.require(by, "conclude", version)
    if version.state != VersionState.IN_FORCE:
        raise IllegalMove(_("Chỉ soát xét định kỳ bản đang hiệu lực."))
    if not remark.strip():
        raise Unacceptable(_("Ghi nhận xét để lần sau biết vì sao kết luận như vậy."))
    if verdict not in ReviewVerdict.values:
        raise Unacceptable(_("Chọn giữ nguyên, sửa đổi hoặc bãi bỏ."))
    if replaced_by is not None and verdict != ReviewVerdict.WITHDRAW:
        raise Unacceptable(_("Chỉ chọn tài liệu thay thế khi kết luận bãi bỏ."))
    try:
        with transaction.atomic():
            review = PeriodicReview.objects.create(
                document=version.document, version=version, due_on=due_on(version),
                verdict=verdict, remark=remark, by=by, by_name=str(by),
                by_position=by.standing.position_at(version.document.agency_id),
                by_agency=version.document.agency.name, on=timezone.localdate(),
            )  # fmt: skip
    except IntegrityError:
        raise Stale(_("Người khác vừa kết luận lần soát xét này. Tải lại trang.")) from None
    record(
        by, "version.concluded", version, agency=version.document.agency, reason=remark,
        verdict=verdict, due_on=str(review.due_on),
    )  # fmt: skip
    if verdict == ReviewVerdict.REVISE and not version.document.versions.in_flight().exists():
        drafts.revise(version, by=by)
    if verdict == ReviewVerdict.WITHDRAW:
        versions.withdraw(version, by=by, reason=remark, replaced_by=replaced_by)
    return review


def _due(version: Version, last: dt.date | None, months: int) -> dt.date:
    began = version.effective_on
    assert began is not None  # noqa: S101  # the database asks it of every version in force
    return add_months(max(began, last) if last else began, months)


def _months(agencies: QuerySet[Agency]) -> defaultdict[int, int]:
    """Agency id → months between two looks."""
    usual = ControlSettings().review_months
    chosen = ControlSettings.objects.filter(agency__in=agencies)
    return defaultdict(lambda: usual, chosen.values_list("agency", "review_months"))
