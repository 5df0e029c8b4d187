"""The things people do to a version. Each is: may you, may it, then write it down."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents import permissions
from documents.lifecycles import VERSION_LIFECYCLE, VersionState
from documents.models import (
    Decision,
    Document,
    Duty,
    Outcome,
    RunStep,
    Verdict,
    Version,
    Withdrawal,
)
from documents.permissions.deciding import Turn, has_reviewed, open_steps, turn_of
from documents.services import checkout as checkouts
from documents.services import content as contents
from documents.services import run as runs
from documents.services import sealing
from documents.services.dissemination import said_weight, weigh
from documents.services.readiness import require_complete, require_paper_date, require_sheet
from qms.agencies.models import User
from qms.agencies.proof import Proof
from qms.kernel.moves import move
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.services import record

# In whose place one signs, and whose that is: ("KT.", "Giám đốc"); ("", "") for oneself.
SigningAs = tuple[str, str]
OWN: SigningAs = ("", "")


@transaction.atomic
def submit(
    version: Version,
    *,
    by: User,
    reviewer: User | None = None,
    approver: User | None = None,
    is_substantive: bool | None = None,
) -> None:
    """Send a draft on its route; from here on the text is frozen under its hash.

    Of a revision the author may say whether it changes what people do (`is_substantive`);
    who decides sees it, and may weigh it otherwise.
    Refuses while the code is not settled, when nothing is written, when the same person
    would write and decide, when a station of the route has nobody to decide, and while
    somebody else holds the draft.
    """
    permissions.require(by, "submit", version)
    require_complete(version)
    require_sheet(version)
    _require_others(version, reviewer, approver)
    if is_substantive is not None and is_substantive != said_weight(version):
        weigh(version, by=by, is_substantive=is_substantive)
    checkouts.leave(version, by=by)
    version.round += 1
    version.content_hash = contents.hash_of(version)
    move(
        version,
        "submit",
        VERSION_LIFECYCLE,
        round=version.round,
        content_hash=version.content_hash,
    )
    runs.begin(version, reviewer=reviewer, approver=approver)
    _set_due(version)
    contents.decide(version, by=by, duty=Duty.AUTHOR, verdict=Verdict.AGREED, comment="").save()
    _record(version, "submit", by=by, round=version.round)


@transaction.atomic
def review(version: Version, *, by: User, comment: str = "") -> None:
    """Find the text fit to be approved. Refuses its author, and a text that has changed."""
    turn = _turn(version, "review", Duty.REVIEWER, by=by)
    sealing.require_unchanged(version)
    decision = contents.decide(
        version, by=by, duty=Duty.REVIEWER, verdict=Verdict.AGREED, comment=comment, turn=turn
    )
    if runs.agree(version, turn, decision) == Duty.APPROVER:
        move(version, "review", VERSION_LIFECYCLE)
    _set_due(version)
    _record(version, "review", by=by, comment=comment)


@transaction.atomic
def send_back(version: Version, *, by: User, reason: str) -> None:
    """Return a version to its author, who may then write again. Refuses without a reason."""
    duty = _duty_at(version)
    turn = _turn(version, "send_back", duty, by=by)
    _require_reason(reason)
    decision = contents.decide(
        version, by=by, duty=duty, verdict=Verdict.SENT_BACK, comment=reason, turn=turn
    )
    decision.save()
    runs.end(version, Outcome.SENT_BACK)
    move(version, "send_back", VERSION_LIFECYCLE, revision=version.revision + 1, due_on=None)
    _record(version, "send_back", by=by, reason=reason)


@transaction.atomic
def step_back(version: Version, *, by: User, to: RunStep, reason: str) -> None:
    """Return a version to an earlier station of its route, for those there to look again.

    What was agreed there and since stays as evidence and no longer counts. Refuses a
    station that was not passed in this round, and without a reason.
    """
    duty = _duty_at(version)
    turn = _turn(version, "step_back", duty, by=by)
    _require_reason(reason)
    if to.pk not in {step.pk for step in runs.behind(turn)}:
        raise Unacceptable(_("Chọn một bước mà tài liệu đã đi qua trong lần trình này."))
    contents.decide(
        version, by=by, duty=duty, verdict=Verdict.STEPPED_BACK, comment=reason, turn=turn
    ).save()
    runs.reopen(version, turn, to)
    if to.duty == Duty.REVIEWER:
        move(version, "step_back", VERSION_LIFECYCLE)
    _set_due(version)
    _record(version, "step_back", by=by, reason=reason, to_step=to.order)


@transaction.atomic
def recall(version: Version, *, by: User, reason: str) -> None:
    """Take back what was submitted, to write on or because nobody is left to decide.

    Refuses others than the author and the quality office, and without a reason. What was
    decided stays as evidence and no longer counts: the next submission is another round.
    """
    permissions.require(by, "recall", version)
    _require_reason(reason)
    move(version, "recall", VERSION_LIFECYCLE, revision=version.revision + 1, due_on=None)
    runs.end(version, Outcome.RECALLED)
    _record(version, "recall", by=by, reason=reason)


def approve(
    version: Version,
    *,
    by: User,
    proof: Proof,
    effective_on: dt.date | None = None,
    comment: str = "",
    signing_as: SigningAs = OWN,
) -> None:
    """Accept the text; the last approval of the route says from which day, today means at once.

    The controlled PDF is rendered and stored before the last approval is committed: no
    PDF, no approval. Refuses whoever has not just proved who he is; its own author, also as
    a superuser; a text that is not the one submitted; a day in the past or none; and whoever
    decides second. Who reviewed it too (where the agency allows that) says why.
    """
    if not proof.holds_for(by):
        raise PermissionDenied(_("Nhập lại mật khẩu để ký. Chưa có gì thay đổi."))
    turn = _turn(version, "approve", Duty.APPROVER, by=by)
    sealing.require_unchanged(version)
    if has_reviewed(by, version) and not comment.strip():
        raise Unacceptable(_("Bạn đã soát xét bản này. Nêu lý do vì sao bạn cũng phê duyệt."))
    decision = contents.decide(
        version, by=by, duty=Duty.APPROVER, verdict=Verdict.AGREED, comment=comment, turn=turn
    )
    decision.method = proof.method
    decision.capacity, decision.capacity_of = signing_as
    if runs.is_last(turn):
        _approve_last(version, decision, effective_on=effective_on)
    else:
        _approve_on_the_way(version, decision)


def _approve_on_the_way(version: Version, decision: Decision) -> None:
    with transaction.atomic():
        turn = runs.hold(version, decision.by, Duty.APPROVER)
        if runs.is_last(turn):
            raise Stale(_("Người khác vừa phê duyệt. Tải lại trang rồi phê duyệt lần cuối."))
        runs.agree(version, turn, decision)
        _set_due(version)
        _record(
            version, "approve", by=decision.by, comment=decision.comment, final=False,
            content_hash=version.content_hash,
        )  # fmt: skip


def _approve_last(version: Version, decision: Decision, *, effective_on: dt.date | None) -> None:
    today, by = timezone.localdate(), decision.by
    if effective_on is None:
        raise Unacceptable(_("Nhập ngày hiệu lực."))
    if effective_on < today:
        raise Unacceptable(
            _("Ngày hiệu lực phải từ hôm nay (%s) trở đi.") % today.strftime("%d/%m/%Y")
        )
    sealed = sealing.seal(version, issued_on=today, effective_on=effective_on, signing=decision)
    with transaction.atomic():
        turn = runs.hold(version, by, Duty.APPROVER)
        runs.agree(version, turn, decision)
        runs.end(version, Outcome.APPROVED)
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
        sealing.require_sealed_as_decided(version)
        _record(
            version,
            "approve",
            by=by,
            comment=decision.comment,
            final=True,
            method=decision.method,
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
    a version without issue date or approver on its cover, with an unsettled code,
    issued in the future, or before the one in force took effect.
    """
    permissions.require(by, "register", version)
    VERSION_LIFECYCLE.step("register", version.state)
    require_complete(version)
    issued_on = require_paper_date(version)
    version.content_hash = contents.hash_of(version)
    sealed = sealing.seal(version, issued_on=issued_on, effective_on=issued_on, signing=None)
    with transaction.atomic():
        checkouts.leave(version, by=by)
        _supersede_current(version, by=by)
        move(
            version,
            "register",
            VERSION_LIFECYCLE,
            content_hash=version.content_hash,
            effective_on=issued_on,
            sealed_file=sealed,
        )
        sealing.require_sealed_as_decided(version)
        _record(
            version,
            "register",
            by=by,
            issued_on=str(issued_on),
            content_hash=version.content_hash,
            sealed_sha256=sealed.sha256,
        )


@transaction.atomic
def withdraw(
    version: Version, *, by: User, reason: str, replaced_by: Document | None = None
) -> None:
    """Take the version in force out of use, and say which document replaces it, if one does.

    Refuses without a reason, a replacement that is itself not in force at the agency, and
    while a later version waits for its day: the clock would bring the document back.
    """
    permissions.require(by, "withdraw", version)
    _require_reason(reason)
    _require_replacement(version, replaced_by)
    _require_nothing_scheduled(version)
    move(version, "withdraw", VERSION_LIFECYCLE, ended_on=timezone.localdate())
    Withdrawal.objects.create(
        version=version, document=version.document, reason=reason, replaced_by=replaced_by
    )
    _record(version, "withdraw", by=by, reason=reason, replaced_by=str(replaced_by or ""))


@transaction.atomic
def discard(version: Version, *, by: User, reason: str) -> None:
    """Give up a draft. It stays on record; its document's code is free when nothing else is."""
    permissions.require(by, "discard", version)
    _require_reason(reason)
    checkouts.leave(version, by=by)
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


def _turn(version: Version, verb: str, duty: Duty, *, by: User) -> Turn:
    """The turn of `by`, the version locked; who comes too late or twice is told so."""
    _require_as_read(version, verb)
    said = any(d.by_id == by.pk for step in open_steps(version) for d in step.decisions.all())
    # Who was asked side by side in two stations may have said something at one of them only.
    if said and turn_of(by, version, duty) is None:
        raise Stale(_("Bạn đã cho ý kiến ở bước này. Tải lại trang để xem bước tiếp theo."))
    permissions.require(by, verb, version)
    VERSION_LIFECYCLE.step(verb, version.state)
    with transaction.atomic():
        return runs.hold(version, by, duty)


def _require_as_read(version: Version, verb: str) -> None:
    same = Version.objects.filter(pk=version.pk, state=version.state, round=version.round)
    if not same.exists():
        VERSION_LIFECYCLE.step(verb, version.state)
        raise Stale(_("Người khác vừa xử lý mục này. Tải lại trang để xem trạng thái mới."))


def _duty_at(version: Version) -> Duty:
    return Duty.APPROVER if version.state == VersionState.IN_APPROVAL else Duty.REVIEWER


def _set_due(version: Version) -> None:
    version.due_on = runs.due_on(version)
    version.save(update_fields=["due_on"])


def _require_others(version: Version, *chosen: User | None) -> None:
    if version.author in chosen:
        raise Unacceptable(_("Người soạn thảo không soát xét hoặc phê duyệt tài liệu của mình."))


def _require_replacement(version: Version, replaced_by: Document | None) -> None:
    if replaced_by is None:
        return
    same = replaced_by.pk == version.document_id
    if same or replaced_by.agency_id != version.document.agency_id:
        raise Unacceptable(_("Chọn một tài liệu khác của cơ quan để thay thế."))
    if not replaced_by.versions.in_force().exists():
        raise Unacceptable(_("%s chưa có hiệu lực nên chưa thay thế được.") % replaced_by)


def _require_nothing_scheduled(version: Version) -> None:
    waiting = version.document.versions.filter(state=VersionState.APPROVED).first()
    if waiting is not None and waiting.effective_on is not None:
        raise IllegalMove(
            _("%(number)s đã phê duyệt, có hiệu lực từ %(day)s. Đến ngày đó hãy bãi bỏ bản ấy.")
            % {"number": waiting.number.capitalize(), "day": f"{waiting.effective_on:%d/%m/%Y}"}
        )


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise Unacceptable(_("Nêu lý do để người khác biết cần làm gì tiếp."))


def _record(version: Version, verb: str, *, by: User, reason: str = "", **facts: object) -> None:
    record(
        by,
        VERSION_LIFECYCLE.event(verb),
        version,
        agency=version.document.agency,
        reason=reason,
        **facts,
    )
