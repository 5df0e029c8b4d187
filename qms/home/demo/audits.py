"""The demonstration audits, walked through by the services their people would use.

The services date everything today, so days that lie in the past are set back afterwards; the
trail still tells when the demonstration was loaded.
"""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.utils import timezone

from audits.models import (
    Action,
    Answer,
    Audit,
    ChecklistItem,
    Finding,
    Nonconformity,
    Programme,
    TeamDuty,
    Verification,
)
from audits.services import audit as audits
from audits.services import nonconformity as cases
from audits.services import programme as programmes
from qms.agencies.models import Agency, Unit, User
from qms.standards.models import Clause, StandardEdition

FILE = Path(__file__).resolve().parent / "audit.json"


def load() -> int:
    """One programme with its audits and nonconformities; how many audits."""
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    loader = Loader(Agency.objects.get(code=rows["agency"]))
    programme = loader.programme(rows["programme"])
    for row in rows["audits"]:
        loader.audit(row, programme)
    for row in rows["nonconformities"]:
        loader.case(row)
    return len(rows["audits"])


class Loader:
    """Reads names as objects of one agency, and remembers findings by their key."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.units = {unit.name: unit for unit in Unit.objects.filter(agency=agency)}
        self.clauses = {c.number: c for c in Clause.objects.of(StandardEdition.default())}
        self.findings: dict[str, Finding] = {}

    def programme(self, row: dict[str, Any]) -> Programme:
        lines = [
            (self.units[line["unit"]], line["month"], self.clauses_of(line))
            for line in row["lines"]
        ]
        said = {k: row[k] for k in ("objectives", "criteria", "scope", "method", "risks")}
        year = timezone.localdate().year
        made = programmes.create(
            self.agency, by=person(row["created_by"]), year=year, lines=lines, **said
        )
        programmes.approve(made, by=person(row["approved_by"]))
        return made

    def audit(self, row: dict[str, Any], programme: Programme) -> None:
        duties = [(person(one["user"]), TeamDuty(one["duty"])) for one in row["team"]]
        said = {k: row[k] for k in ("kind", "title", "objectives", "scope", "criteria")}
        audit = audits.create(
            self.agency, by=person(row["created_by"]), programme=programme,
            lead=person(row["lead"]), decision_no=row["decision_no"],
            auditors=[user for user, duty in duties if duty == TeamDuty.AUDITOR],
            others=[(u, d) for u, d in duties if d not in {TeamDuty.LEAD, TeamDuty.AUDITOR}],
            plan=[self.meeting(line) for line in row["plan"]],
            checklist=[
                audits.Asked(
                    self.units[q["unit"]], self.clauses[q["clause"]], q["question"], q["hint"]
                )
                for q in row["checklist"]
            ],
            starts_on=day(row["starts_in"]), ends_on=day(row["ends_in"]), **said,
        )  # fmt: skip
        audits.start(audit, by=audit.lead)
        for item, asked in zip(audit.items.order_by("order"), row["checklist"], strict=True):
            self.answer(item, asked)
        at = moment(row["starts_in"]) if row["starts_in"] < 0 else timezone.now()
        Answer.objects.filter(item__audit=audit).update(at=at)
        Finding.objects.filter(audit=audit).update(at=at)
        if row["state"] == "reported":
            audits.report(audit, by=audit.lead, conclusion=row["conclusion"])
            Audit.objects.filter(pk=audit.pk).update(reported_at=moment(row["ends_in"] + 3))

    def meeting(self, line: dict[str, Any]) -> audits.Planned:
        return audits.Planned(
            day(line["day_in"]), dt.time.fromisoformat(line["from"]),
            dt.time.fromisoformat(line["to"]), self.units[line["unit"]],
            person(line["auditor"]), tuple(self.clauses_of(line)), str(person(line["auditee"])),
        )  # fmt: skip

    def answer(self, item: ChecklistItem, asked: dict[str, Any]) -> None:
        said, found = asked["answer"], asked.get("finding")
        if said is None:
            return
        by = person(asked["by"])
        audits.answer(item, by=by, revision=0, **said)
        if found is not None:
            kept = audits.raise_finding(
                item, by=by, criterion=found["criterion"], statement=found["statement"]
            )
            self.findings[found["key"]] = kept

    def case(self, row: dict[str, Any]) -> None:
        case = self.opened(row)
        quality = person("han.nn")
        owner = person(row["owner"])
        cases.accept(case, by=quality, owner=owner)
        if row["planned_by"]:
            self.walked(case, row, owner)
        case.refresh_from_db()
        Nonconformity.objects.filter(pk=case.pk).update(due_on=day(row["due_in"]))

    def opened(self, row: dict[str, Any]) -> Nonconformity:
        if row["finding"]:
            return self.findings[row["finding"]].nonconformity
        return cases.report(
            self.agency, by=person(row["raised_by"]), source=row["source"],
            description=row["description"], requirement=row["requirement"],
            evidence=row["evidence"], unit=self.units[row["unit"]],
            clause=self.clauses[row["clause"]], is_major=row["grade"] == "major_nc",
        )  # fmt: skip

    def walked(self, case: Nonconformity, row: dict[str, Any], owner: User) -> None:
        """From the plan to as far as the row goes."""
        today = timezone.localdate()
        cases.plan(
            case, by=person(row["planned_by"]), correction=row["correction"], cause=row["cause"],
            actions=[
                cases.PlannedAction(
                    a["description"], person(a["owner"]), max(today, day(a["due_in"]))
                )
                for a in row["actions"]
            ],
        )  # fmt: skip
        cases.approve_plan(case, by=person(row["plan_approved_by"]))
        kept = {action.description: action for action in case.actions.all()}
        for a in row["actions"]:
            action = kept[a["description"]]
            if a["done_in"] is not None:
                cases.finish(action, by=action.owner, result=a["result"])
                Action.objects.filter(pk=action.pk).update(done_on=day(a["done_in"]))
            Action.objects.filter(pk=action.pk).update(due_on=day(a["due_in"]))
        if row["verification"]:
            cases.complete(case, by=owner)
            said = row["verification"]
            cases.verify(case, by=person(said["by"]), note=said["note"])
            at = moment(row["due_in"])
            Verification.objects.filter(nonconformity=case).update(at=at)
            Nonconformity.objects.filter(pk=case.pk).update(closed_at=at)

    def clauses_of(self, line: dict[str, Any]) -> list[Clause]:
        return [self.clauses[number] for number in line["clauses"]]


def person(username: str) -> User:
    return User.objects.get(username=username)


def day(offset: int) -> dt.date:
    return timezone.localdate() + dt.timedelta(days=offset)


def moment(offset: int) -> dt.datetime:
    return timezone.now() + dt.timedelta(days=offset)
