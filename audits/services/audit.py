"""The things people do to an audit: prepare, begin, record, report, close."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from audits import permissions
from audits.lifecycles import AUDIT_LIFECYCLE, AuditState
from audits.models import (
    FINDABLE,
    GRADES,
    Answer,
    Audit,
    ChecklistItem,
    Finding,
    Grade,
    PlanLine,
    TeamDuty,
    TeamMember,
)
from audits.services import nonconformity
from audits.services.report import report_of
from qms.agencies.models import Agency, Unit, User
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

    Refuses an auditor who belongs to a unit on the checklist or the timetable, a unit of
    another agency, dates out of order, and people who do not organise audits at the agency.
    """
    permissions.require_role(by, agency, *permissions.ORGANISING)
    plan, checklist, auditors = list(plan), list(checklist), list(auditors)
    units = {p.unit for p in plan} | {q.unit for q in checklist}
    permissions.require_units(agency, units)
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
        _keep(audit, line)
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
def schedule(audit: Audit, line: Planned, *, by: User) -> None:
    """Put one more meeting on the timetable of an audit that has not begun.

    Refuses an auditor of his own unit or from outside the team, and a day outside the audit.
    """
    permissions.require(by, "audit", "schedule", audit)
    if audit.state != AuditState.PLANNED:
        raise IllegalMove(_("Cuộc đánh giá đã bắt đầu nên kế hoạch không đổi nữa."))
    permissions.require_units(audit.agency, {line.unit})
    require_independent(line.auditor, {line.unit})
    if not permissions.is_on_team(line.auditor, audit):
        raise Unacceptable(_("%s không thuộc đoàn đánh giá.") % line.auditor)
    if not audit.starts_on <= line.day <= audit.ends_on:
        raise Unacceptable(
            _("Ngày phải trong thời gian đánh giá, từ %(first)s đến %(last)s.")
            % {"first": f"{audit.starts_on:%d/%m/%Y}", "last": f"{audit.ends_on:%d/%m/%Y}"}
        )
    if line.to_time <= line.from_time:
        raise Unacceptable(_("Giờ kết thúc phải sau giờ bắt đầu."))
    kept = _keep(audit, line)
    record(by, "audit.scheduled", audit, agency=audit.agency, line=str(kept))


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
    _require_running(audit)
    if grade not in Grade.values:
        raise Unacceptable(_("Chọn một mức đánh giá."))
    if grade in GRADES and not evidence.strip():
        raise Unacceptable(_("Nhập bằng chứng cho điểm không phù hợp: số hồ sơ, ngày, nơi thấy."))
    if item.findings_exist and grade != item.finding.grade:
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
    """Make of an answer a finding; a nonconforming one also becomes a nonconformity to mend.

    Refuses an answer that conforms, a second finding for one question, a finding without
    criterion, statement or evidence, and whatever `answer` refuses of the person.
    """
    audit = item.audit
    permissions.require(by, "audit", "answer", audit)
    require_independent(by, {item.unit})
    _require_running(audit)
    found = Answer.objects.filter(item=item, grade__in=sorted(FINDABLE)).first()
    if found is None:
        raise IllegalMove(_("Câu được ghi là phù hợp thì không lập phát hiện."))
    if Finding.objects.filter(item=item).exists():
        raise IllegalMove(_("Câu này đã có phát hiện."))
    if not (criterion.strip() and statement.strip() and found.evidence.strip()):
        raise Unacceptable(_("Nêu yêu cầu không đáp ứng, mô tả sự việc và bằng chứng."))
    finding = Finding.objects.create(
        audit=audit, item=item, number=next_number(f"finding:{audit.pk}"), grade=found.grade, clause=item.clause,
        unit=item.unit, criterion=criterion, statement=statement, evidence=found.evidence,
        by=by, at=timezone.now(),
    )  # fmt: skip
    record(by, "audit.finding_raised", audit, agency=audit.agency, finding=finding.pk)
    if finding.grade in GRADES:
        nonconformity.raise_from_finding(finding, by=by)
    return finding


def report(audit: Audit, *, by: User, conclusion: str) -> None:
    """Write the report: rendered and kept before the act, one file for ever.

    Refuses while a question has no answer, a nonconforming answer no finding, or the
    conclusion no words; and (`Stale`) when somebody recorded something meanwhile, for the
    report would then not say what was found.
    """
    permissions.require(by, "audit", "report", audit)
    AUDIT_LIFECYCLE.step("report", audit.state)
    _require_complete(audit, conclusion)
    audit.conclusion = conclusion
    seen = _recorded(audit)
    kept = vault.keep(
        report_pdf(report_of(audit)), media_type="application/pdf", name=f"{audit.number}.pdf"
    )
    with transaction.atomic():
        move(
            audit, "report", AUDIT_LIFECYCLE, conclusion=conclusion, report_file=kept,
            reported_at=timezone.now(),
        )  # fmt: skip
        if _recorded(audit) != seen:
            raise Stale(_("Vừa có người ghi thêm vào phiếu. Tải lại trang rồi lập báo cáo."))
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


def _require_running(audit: Audit) -> None:
    """Refuse unless answers may be recorded; the row stays locked, so the report waits."""
    state = Audit.objects.select_for_update().values_list("state", flat=True).get(pk=audit.pk)
    if state != AuditState.IN_PROGRESS:
        raise IllegalMove(_("Cuộc đánh giá không ở giai đoạn ghi nhận."))


def _recorded(audit: Audit) -> tuple[object, ...]:
    """What tells two states of the checklist apart: each answer's revision, each finding."""
    answers = Answer.objects.filter(item__audit=audit).order_by("pk")
    findings = audit.findings.order_by("pk").values_list("pk", flat=True)
    return (*answers.values_list("pk", "revision"), *findings)


def _require_order(said: dict[str, object]) -> None:
    starts, ends = said["starts_on"], said["ends_on"]
    if isinstance(starts, dt.date) and isinstance(ends, dt.date) and ends < starts:
        raise Unacceptable(_("Ngày kết thúc phải từ ngày bắt đầu trở đi."))


def _keep(audit: Audit, line: Planned) -> PlanLine:
    kept = PlanLine.objects.create(
        audit=audit, day=line.day, from_time=line.from_time, to_time=line.to_time,
        unit=line.unit, auditor=line.auditor, auditee=line.auditee,
    )  # fmt: skip
    kept.clauses.set(line.clauses)
    return kept


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
