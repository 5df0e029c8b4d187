"""The things people do to a version. Each is: may you, may it, then write it down."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VERSION_LIFECYCLE
from documents.models import Decision, Duty, Verdict, Version
from documents.services import content as contents
from documents.services.confirmation import require_confirmed
from qms.agencies.models import User
from qms.kernel.moves import move
from qms.kernel.refusals import Stale, Unacceptable
from qms.paper.render import procedure_pdf
from qms.trail.services import record
from qms.vault import services as vault
from qms.vault.models import Blob

# A decision is asked for within this many days; later a setting of the agency.
DECIDE_WITHIN = dt.timedelta(days=3)


@transaction.atomic
def submit(
    version: Version, *, by: User, reviewer: User | None = None, approver: User | None = None
) -> None:
    """Hand a draft to its reviewer; from here on the text is frozen under its hash.

    Refuses while the code is not settled, when nothing is written, and when the same
    person would write and decide.
    """
    permissions.require(by, "submit", version)
    _require_submittable(version)
    _require_others(version, reviewer, approver)
    version.round += 1
    version.content_hash = contents.hash_of(version)
    move(
        version,
        "submit",
        VERSION_LIFECYCLE,
        round=version.round,
        content_hash=version.content_hash,
        reviewer=reviewer,
        approver=approver,
        due_on=timezone.localdate() + DECIDE_WITHIN,
    )
    contents.decide(version, by=by, duty=Duty.AUTHOR, verdict=Verdict.AGREED, comment="").save()
    _record(version, "submit", by=by, round=version.round)


@transaction.atomic
def review(version: Version, *, by: User, comment: str = "") -> None:
    """Find the text fit to be approved. Refuses its author, and a text that has changed."""
    permissions.require(by, "review", version)
    VERSION_LIFECYCLE.step("review", version.state)
    _require_unchanged(version)
    move(version, "review", VERSION_LIFECYCLE, due_on=timezone.localdate() + DECIDE_WITHIN)
    contents.decide(
        version, by=by, duty=Duty.REVIEWER, verdict=Verdict.AGREED, comment=comment
    ).save()
    _record(version, "review", by=by, comment=comment)


@transaction.atomic
def send_back(version: Version, *, by: User, reason: str) -> None:
    """Return a version to its author, who may then write again. Refuses without a reason."""
    permissions.require(by, "send_back", version)
    _require_reason(reason)
    VERSION_LIFECYCLE.step("send_back", version.state)
    duty = Duty.REVIEWER if version.state == "in_review" else Duty.APPROVER
    decision = contents.decide(
        version, by=by, duty=duty, verdict=Verdict.SENT_BACK, comment=reason
    )
    move(version, "send_back", VERSION_LIFECYCLE, revision=version.revision + 1, due_on=None)
    decision.save()
    _record(version, "send_back", by=by, reason=reason)


@transaction.atomic
def recall(version: Version, *, by: User, reason: str) -> None:
    """Take back what was submitted, to write on or because nobody is left to decide.

    Refuses others than the author and the quality office, and without a reason. What was
    decided stays as evidence and no longer counts: the next submission is another round.
    """
    permissions.require(by, "recall", version)
    _require_reason(reason)
    move(version, "recall", VERSION_LIFECYCLE, revision=version.revision + 1, due_on=None)
    _record(version, "recall", by=by, reason=reason)


def approve(version: Version, *, by: User, effective_on: dt.date, comment: str = "") -> None:
    """Accept the text, to take effect on `effective_on`; today means at once.

    The controlled PDF is rendered and stored before the decision is committed: no PDF,
    no approval. Refuses its own author, also as a superuser; a text that is not the one
    submitted; a day in the past; and whoever decides second.
    """
    permissions.require(by, "approve", version)
    VERSION_LIFECYCLE.step("approve", version.state)
    today = timezone.localdate()
    if effective_on < today:
        raise Unacceptable(
            _("Ngày hiệu lực phải từ hôm nay (%s) trở đi.") % today.strftime("%d/%m/%Y")
        )
    _require_unchanged(version)
    decision = contents.decide(
        version, by=by, duty=Duty.APPROVER, verdict=Verdict.AGREED, comment=comment
    )
    sealed = _seal(version, issued_on=today, effective_on=effective_on, signing=decision)
    with transaction.atomic():
        move(
            version,
            "approve",
            VERSION_LIFECYCLE,
            approved_by=by,
            issued_on=today,
            effective_on=effective_on,
            sealed_file=sealed,
            due_on=None,
        )
        _require_sealed_as_decided(version)
        decision.save()
        _record(
            version,
            "approve",
            by=by,
            comment=comment,
            effective_on=str(effective_on),
            content_hash=version.content_hash,
            sealed_sha256=sealed.sha256,
        )
        if effective_on <= today:
            _come_into_force(version, by=by)


@transaction.atomic
def put_in_force(version: Version, *, by: User) -> None:
    """Make an approved version, whose day has come, the one in force.

    One act with its consequence: the version before it is superseded in the same transaction.
    """
    permissions.require(by, "put_in_force", version)
    _come_into_force(version, by=by)


def register(version: Version, *, by: User) -> None:
    """Enter a paper that was approved and issued before it came into the system.

    Its signers are those on the cover; who registered it, and when, is in the trail. Refuses
    a version without issue date or approver on its cover, with an unsettled code, or
    issued in the future.
    """
    permissions.require(by, "register", version)
    VERSION_LIFECYCLE.step("register", version.state)
    _require_submittable(version)
    issued_on = _paper_issue_date(version)
    version.content_hash = contents.hash_of(version)
    sealed = _seal(version, issued_on=issued_on, effective_on=issued_on, signing=None)
    with transaction.atomic():
        _supersede_current(version, by=by)
        move(
            version,
            "register",
            VERSION_LIFECYCLE,
            content_hash=version.content_hash,
            effective_on=issued_on,
            sealed_file=sealed,
        )
        _require_sealed_as_decided(version)
        _record(
            version,
            "register",
            by=by,
            issued_on=str(issued_on),
            content_hash=version.content_hash,
            sealed_sha256=sealed.sha256,
        )


@transaction.atomic
def withdraw(version: Version, *, by: User, reason: str) -> None:
    """Take the version in force out of use, with nothing in its place."""
    permissions.require(by, "withdraw", version)
    _require_reason(reason)
    move(version, "withdraw", VERSION_LIFECYCLE, ended_on=timezone.localdate())
    _record(version, "withdraw", by=by, reason=reason)


@transaction.atomic
def discard(version: Version, *, by: User, reason: str) -> None:
    """Give up a draft. It stays on record; its document's code is free when nothing else is."""
    permissions.require(by, "discard", version)
    _require_reason(reason)
    move(version, "discard", VERSION_LIFECYCLE, ended_on=timezone.localdate())
    document = version.document
    if not document.versions.exclude(pk=version.pk).exists():
        document.code_settled = False
        document.save(update_fields=["code_settled"])
    _record(version, "discard", by=by, reason=reason)


def put_due_in_force(*, by: User) -> list[Version]:
    """The clock's round: every approved version whose day has come; those it put in force."""
    done = []
    for version in Version.objects.due_in_force(timezone.localdate()).for_page():
        try:
            put_in_force(version, by=by)
        except Stale:
            continue  # a person was quicker
        done.append(version)
    return done


def _come_into_force(version: Version, *, by: User) -> None:
    _supersede_current(version, by=by)
    move(version, "put_in_force", VERSION_LIFECYCLE)
    _record(version, "put_in_force", by=by, effective_on=str(version.effective_on))


def _supersede_current(version: Version, *, by: User) -> None:
    for previous in version.document.versions.in_force().select_related("document__agency"):
        move(previous, "supersede", VERSION_LIFECYCLE, ended_on=timezone.localdate())
        _record(previous, "supersede", by=by, replaced_by=version.pk)


def _seal(
    version: Version, *, issued_on: dt.date, effective_on: dt.date, signing: Decision | None
) -> Blob:
    """Render the controlled PDF as it will stand after the decision, and keep it by hash."""
    shown = Version.objects.for_page().get(pk=version.pk)
    shown.issued_on, shown.effective_on = issued_on, effective_on
    data = procedure_pdf(
        contents.content_of(shown, signing=signing),
        assets=contents.assets_of(shown),
        check=check_address(shown),
    )
    return vault.keep(data, media_type="application/pdf", name=f"{version.code}.pdf")


def check_address(version: Version) -> str:
    """Where anybody who holds a copy can ask whether it is still in force."""
    return settings.SITE_URL + reverse("copies:copy-check", args=[version.check_code])


def _require_submittable(version: Version) -> None:
    if not version.document.code_settled:
        raise Unacceptable(
            _("Mã hiệu %s chưa được chốt. Chốt mã hiệu trước khi trình.") % version.code
        )
    require_confirmed(version)
    if not version.sections.exists():
        raise Unacceptable(_("Tài liệu chưa có nội dung. Tải lên bản Word trước khi trình."))


def _require_others(version: Version, *chosen: User | None) -> None:
    if version.author in chosen:
        raise Unacceptable(_("Người soạn thảo không soát xét hoặc phê duyệt tài liệu của mình."))


def _require_sealed_as_decided(version: Version) -> None:
    """Refuse when the text or its round changed while the PDF was being made.

    Asked after the row is locked by its move, so nothing can change any more.
    """
    now = Version.objects.get(pk=version.pk)
    same = (now.round, now.revision) == (version.round, version.revision)
    if not same or contents.hash_of(now) != version.content_hash:
        raise Stale(_("Nội dung vừa thay đổi. Tải lại trang để xem bản mới rồi quyết định."))


def _require_unchanged(version: Version) -> None:
    if contents.hash_of(version) != version.content_hash:
        raise Stale(
            _("Nội dung không còn đúng như bản đã trình. Trả lại để người soạn thảo trình lại.")
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do để người khác biết cần làm gì tiếp."))


def _paper_issue_date(version: Version) -> dt.date:
    if version.issued_on is None:
        raise Unacceptable(_("Trang bìa không có ngày ban hành nên chưa ghi nhận hiệu lực được."))
    if version.issued_on > timezone.localdate():
        raise Unacceptable(_("Ngày ban hành trên trang bìa còn ở tương lai."))
    if not version.signatories.filter(duty=Duty.APPROVER).exclude(name="").exists():
        raise Unacceptable(
            _("Trang bìa không có người phê duyệt nên chưa ghi nhận hiệu lực được.")
        )
    return version.issued_on


def _record(version: Version, verb: str, *, by: User, reason: str = "", **facts: object) -> None:
    record(
        by,
        VERSION_LIFECYCLE.event(verb),
        version,
        agency=version.document.agency,
        reason=reason,
        **facts,
    )
