"""Holding a draft while it is edited elsewhere: taking it, giving it back, taking it away."""

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VersionState
from documents.models import Checkout, CheckoutOutcome, Version
from qms.agencies.models import User
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.notices.services import notify
from qms.trail.services import record


@transaction.atomic
def check_out(version: Version, *, by: User) -> None:
    """Hold a draft: until it is given back nobody else writes in it or submits it.

    Refuses what is no draft, and a draft that somebody else holds, naming him. Held by
    the same person already: nothing changes.
    """
    permissions.require(by, "check_out", version)
    require_free(version, by=by)
    if permissions.checkout_of(version) is not None:
        return
    try:
        with transaction.atomic():
            Checkout.objects.create(version=version, holder=by, holder_name=str(by))
    except IntegrityError:
        permissions.forget_checkout(version)
        raise _held(version) from None
    permissions.forget_checkout(version)
    record(by, "version.checked_out", version, agency=version.document.agency)


@transaction.atomic
def release(version: Version, *, by: User) -> None:
    """Give a held draft back as it is. Refuses whoever does not hold it."""
    permissions.require(by, "release", version)
    if not end(version, by=by, outcome=CheckoutOutcome.RELEASED):
        raise Stale(_("Bạn không còn giữ bản nháp này. Tải lại trang để xem ai đang giữ."))
    record(by, "version.released", version, agency=version.document.agency)


@transaction.atomic
def unlock(version: Version, *, by: User, reason: str) -> None:
    """Take a draft out of another's hold, who is told so. Refuses without a reason."""
    permissions.require(by, "unlock", version)
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do để người đang giữ biết vì sao."))
    _lock(version)
    held = permissions.checkout_of(version)
    if held is None or held.holder_id == by.pk:
        raise Stale(_("Không còn ai khác giữ bản nháp này. Tải lại trang."))
    _end(held, by=by, outcome=CheckoutOutcome.UNLOCKED, reason=reason)
    permissions.forget_checkout(version)
    agency = version.document.agency
    record(by, "version.unlocked", version, agency=agency, reason=reason, holder=held.holder_name)
    with translation.override("vi"):
        subject = _("%(who)s đã gỡ quyền giữ bản nháp của bạn: %(version)s") % {
            "who": by, "version": version,
        }  # fmt: skip
        notify(
            [held.holder], agency=agency, key=f"checkout:{held.pk}:unlocked", subject=subject,
            body=reason, address=version.get_absolute_url(),
        )  # fmt: skip


def require_free(version: Version, *, by: User) -> None:
    """Refuse while somebody else holds the draft. The version's row stays locked till commit."""
    if _lock(version) != VersionState.DRAFT:
        raise IllegalMove(_("Chỉ sửa được khi tài liệu còn là bản nháp."))
    _require_no_other_holder(version, by=by)


def look_free(version: Version, *, by: User) -> None:
    """Refuse to open a page for writing while somebody else holds the draft."""
    _require_no_other_holder(version, by=by)


def end(version: Version, *, by: User, outcome: CheckoutOutcome) -> bool:
    """End the hold of `by`, if he has one."""
    _lock(version)
    held = permissions.checkout_of(version)
    if held is None or held.holder_id != by.pk:
        return False
    _end(held, by=by, outcome=outcome)
    permissions.forget_checkout(version)
    return True


def leave(version: Version, *, by: User) -> None:
    """The draft moves on: nobody else may hold it, and one's own hold ends with it."""
    _lock(version)
    _require_no_other_holder(version, by=by)
    end(version, by=by, outcome=CheckoutOutcome.MOVED_ON)


def _require_no_other_holder(version: Version, *, by: User) -> None:
    held = permissions.checkout_of(version)
    if held is not None and held.holder_id != by.pk:
        raise _held(version)


def _lock(version: Version) -> str:
    """The version's state; from here to the commit nobody takes, submits or saves it."""
    locked = Version.objects.select_for_update().filter(pk=version.pk)
    permissions.forget_checkout(version)
    return str(locked.values_list("state", flat=True).get())


def _end(held: Checkout, *, by: User, outcome: CheckoutOutcome, reason: str = "") -> None:
    held.outcome, held.reason, held.ended_by, held.ended_at = outcome, reason, by, timezone.now()
    held.save(update_fields=["outcome", "reason", "ended_by", "ended_at"])


def _held(version: Version) -> IllegalMove:
    held = permissions.checkout_of(version)
    since = timezone.localtime(held.since) if held else timezone.localtime()
    return IllegalMove(
        _(
            "%(who)s đang nhận sửa bản này từ %(since)s. Chờ người ấy trả lại, hoặc nhờ "
            "Thư ký ISO gỡ."
        )
        % {"who": held.holder_name if held else "?", "since": f"{since:%H:%M %d/%m/%Y}"}
    )
