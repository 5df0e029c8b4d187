"""The things people do to an audit: prepare, begin, record, report, close."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from audits import permissions
from audits.lifecycles import AUDIT_LIFECYCLE, AuditState
from audits.models import (
    GRADES,
    Answer,
    Audit,
    ChecklistItem,
    Finding,
    PlanLine,
    TeamDuty,
    TeamMember,
)
from audits.services import nonconformity
from audits.services.report import report_of
from qms.agencies.models import Agency, Role, Unit, User
from qms.kernel.moves import move
from qms.kernel.numbering import next_number
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.paper.render import report_pdf
from qms.standards.models import Clause, Question
from qms.trail.services import record
from qms.vault import services as vault


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting of the timetable before it is kept."""

    day: dt.date
    from_time: dt.time
    to_time: dt.time
    unit: Unit
    auditor: User
    clauses: tuple[Clause, ...] = ()
    auditee: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a checklist before it is kept."""

    unit: Unit
    clause: Clause
    question: str
    hint: str = ""


@transaction.atomic
def create(  # the parts of a plan
    agency: Agency,
    *,
    by: User,
    lead: User,
    auditors: Iterable[User] = (),
    others: Iterable[tuple[User, TeamDuty]] = (),
    plan: Iterable[Planned] = (),
    checklist: Iterable[Asked] = (),
    **said: object,
) -> Audit:
    """Plan an audit: team, timetable and checklist, under the agency's next number.

    Refuses an auditor who belongs to a unit on the checklist or the timetable, dates out of
    order, and people who do not organise audits at the agency.
    """
    permissions.require_role(by, agency, Role.QUALITY, Role.LEAD_AUDITOR)
    plan, checklist, auditors = list(plan), list(checklist), list(auditors)
    units = {p.unit for p in plan} | {q.unit for q in checklist}
    for person in {lead, *auditors}:
        require_independent(person, units)
    _require_order(said)
    audit = Audit.objects.create(
        agency=agency, lead=lead, number=_number(agency, said["starts_on"]), **said
    )
    team = [
        (lead, TeamDuty.LEAD),
        *((a, TeamDuty.AUDITOR) for a in auditors if a != lead),
        *others,
    ]
    for person, duty in team:
        _join(audit, person, duty)
    for order, question in enumerate(checklist, 1):
        ChecklistItem.objects.create(
            audit=audit, order=order, unit=question.unit, clause=question.clause,
            question=question.question, hint=question.hint,
        )  # fmt: skip
    for line in plan:
        kept = PlanLine.objects.create(
            audit=audit, day=line.day, from_time=line.from_time, to_time=line.to_time,
            unit=line.unit, auditor=line.auditor, auditee=line.auditee,
        )  # fmt: skip
        kept.clauses.set(line.clauses)
    record(by, "audit.created", audit, agency=agency, lead=lead.pk, questions=len(checklist))
    return audit


def from_bank(unit: Unit, clauses: Iterable[Clause]) -> list[Asked]:
    """The questions of the bank for some clauses and everything below them."""
    wanted = {clause.number for clause in clauses}
    bank = Question.objects.select_related("clause").order_by("clause__order", "order")
    return [
        Asked(unit, question.clause, question.text_vi, question.hint_vi)
        for question in bank
        if any(_within(question.clause.number, number) for number in wanted)
    ]


@transaction.atomic
def start(audit: Audit, *, by: User) -> None:
    """Open the audit. Refuses one without questions, and anybody but its leader."""
    permissions.require(by, "audit", "start", audit)
    if not audit.items.exists():
        raise Unacceptable(_("Phiếu đánh giá chưa có câu hỏi nào."))
    move(audit, "start", AUDIT_LIFECYCLE)
    record(by, AUDIT_LIFECYCLE.event("start"), audit, agency=audit.agency)


@transaction.atomic
def answer(  # what one answer consists of
    item: ChecklistItem, *, by: User, grade: str, evidence: str, note: str = "", revision: int = 0
) -> Answer:
    """Record how a question turned out. `revision` is that of the answer one saw, 0 for none.

    Refuses people not on the team or of the audited unit, a nonconforming grade without
    evidence, an audit that is not running, and (`Stale`) an answer somebody changed since.
    """
    audit = item.audit
    permissions.require(by, "audit", "answer", audit)
    require_independent(by, {item.unit})
    if audit.state != AuditState.IN_PROGRESS:
        raise IllegalMove(_("Cuộc đánh giá không ở giai đoạn ghi nhận."))
    if grade in GRADES and not evidence.strip():
        raise Unacceptable(_("Nhập bằng chứng cho điểm không phù hợp: số hồ sơ, ngày, nơi thấy."))
    if item.findings_exist and grade not in GRADES:
        raise IllegalMove(_("Câu này đã lập phát hiện nên không đổi mức được nữa."))
    values = {"grade": grade, "evidence": evidence, "note": note, "by": by, "at": timezone.now()}
    if revision == 0:
        kept, created = Answer.objects.get_or_create(item=item, defaults=values)
        if not created:
            raise Stale(_("%s vừa ghi câu này. Tải lại trang để xem rồi ghi tiếp.") % kept.by)
    else:
        same = Answer.objects.filter(item=item, revision=revision)
        if not same.update(revision=F("revision") + 1, **values):
            raise Stale(_("Người khác vừa sửa câu này. Tải lại trang để xem rồi ghi tiếp."))
        kept = Answer.objects.get(item=item)
    record(by, "audit.answered", audit, agency=audit.agency, item=item.pk, grade=grade)
    return kept


@transaction.atomic
def record_answer(  # an answer and what it leads to
    item: ChecklistItem,
    *,
    by: User,
    grade: str,
    evidence: str,
    revision: int,
    finding: tuple[str, str] | None,
) -> Answer:
    """One press on the sheet: the answer and, when it does not conform, its finding.

    `finding` is (criterion, statement). Both are kept or neither is.
    """
    kept = answer(item, by=by, grade=grade, evidence=evidence, revision=revision)
    if finding is not None and not item.findings_exist:
        criterion, statement = finding
        raise_finding(item, by=by, criterion=criterion, statement=statement)
    return kept


@transaction.atomic
def raise_finding(item: ChecklistItem, *, by: User, criterion: str, statement: str) -> Finding:
    """Make of a nonconforming answer a finding, and of that a nonconformity to be mended.

    Refuses an answer that conforms, a second finding for one question, and a finding
    without criterion, statement or evidence.
    """
    audit = item.audit
    permissions.require(by, "audit", "answer", audit)
    found = Answer.objects.filter(item=item, grade__in=sorted(GRADES)).first()
    if found is None:
        raise IllegalMove(_("Chỉ lập phát hiện cho câu được ghi là không phù hợp."))
    if item.findings_exist:
        raise IllegalMove(_("Câu này đã có phát hiện."))
    if not (criterion.strip() and statement.strip()):
        raise Unacceptable(_("Nêu yêu cầu không đáp ứng và mô tả sự việc."))
    last = audit.findings.aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(
        audit=audit, item=item, number=last + 1, grade=found.grade, clause=item.clause,
        unit=item.unit, criterion=criterion, statement=statement, evidence=found.evidence,
        by=by, at=timezone.now(),
    )  # fmt: skip
    record(by, "audit.finding_raised", audit, agency=audit.agency, finding=finding.pk)
    nonconformity.raise_from_finding(finding, by=by)
    return finding


def report(audit: Audit, *, by: User, conclusion: str) -> None:
    """Write the report: rendered and kept before the act, one file for ever.

    Refuses while a question has no answer, a nonconforming answer no finding, or the
    conclusion no words.
    """
    permissions.require(by, "audit", "report", audit)
    AUDIT_LIFECYCLE.step("report", audit.state)
    _require_complete(audit, conclusion)
    audit.conclusion = conclusion
    kept = vault.keep(
        report_pdf(report_of(audit)), media_type="application/pdf", name=f"{audit.number}.pdf"
    )
    with transaction.atomic():
        move(
            audit, "report", AUDIT_LIFECYCLE, conclusion=conclusion, report_file=kept,
            reported_at=timezone.now(),
        )  # fmt: skip
        record(by, AUDIT_LIFECYCLE.event("report"), audit, agency=audit.agency, sha256=kept.sha256)


@transaction.atomic
def close(audit: Audit, *, by: User) -> None:
    """End the audit. Refuses while one of its nonconformities is open."""
    permissions.require(by, "audit", "close", audit)
    still = nonconformity.open_of(audit).count()
    if still:
        raise IllegalMove(_("Còn %d điểm không phù hợp chưa đóng.") % still)
    move(audit, "close", AUDIT_LIFECYCLE)
    record(by, AUDIT_LIFECYCLE.event("close"), audit, agency=audit.agency)


def require_independent(person: User, units: Iterable[Unit]) -> None:
    """Refuse an auditor of his own unit, naming it."""
    for unit in units:
        if unit.pk in person.standing.units:
            raise Unacceptable(
                _("%(person)s thuộc %(unit)s nên không đánh giá đơn vị này.")
                % {"person": person, "unit": unit}
            )


def _require_complete(audit: Audit, conclusion: str) -> None:
    if not conclusion.strip():
        raise Unacceptable(_("Nhập kết luận của cuộc đánh giá."))
    missing = audit.items.filter(answer=None).count()
    if missing:
        raise IllegalMove(_("Còn %d câu chưa được xem xét.") % missing)
    bare = audit.items.filter(answer__grade__in=sorted(GRADES), finding=None).count()
    if bare:
        raise IllegalMove(_("Còn %d câu không phù hợp chưa lập phát hiện.") % bare)


def _require_order(said: dict[str, object]) -> None:
    starts, ends = said["starts_on"], said["ends_on"]
    if isinstance(starts, dt.date) and isinstance(ends, dt.date) and ends < starts:
        raise Unacceptable(_("Ngày kết thúc phải từ ngày bắt đầu trở đi."))


def _join(audit: Audit, person: User, duty: TeamDuty) -> None:
    TeamMember.objects.create(
        audit=audit, user=person, duty=duty, name=str(person),
        position=person.standing.position_at(audit.agency_id),
    )  # fmt: skip


def _number(agency: Agency, starts_on: object) -> str:
    year = starts_on.year if isinstance(starts_on, dt.date) else timezone.localdate().year
    return f"ĐGNB-{year}-{next_number(f'audit:{agency.pk}:{year}'):02d}"


def _within(number: str, of: str) -> bool:
    return number == of or number.startswith(f"{of}.")
