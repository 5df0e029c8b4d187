"""An audited unit, an audit team from another unit, and audits that walked to their state."""

import datetime as dt

import pytest
from django.utils import timezone

from audits.services import audit as audits
from audits.services import nonconformity as cases
from qms.agencies.models import Role
from qms.standards.models import Clause
from tests.factories import hire, make_unit


@pytest.fixture
def audited(agency):
    return make_unit(agency, "Phòng Một cửa")


@pytest.fixture
def team(agency, unit, audited, cast):
    """Who audits (from the office), who is audited, and who looks after mending."""
    return cast | {
        "lead": hire(agency, "giang", Role.LEAD_AUDITOR, full_name="Đỗ Thị Giang", unit=unit),
        "auditor": hire(agency, "hai", Role.AUDITOR, full_name="Lý Văn Hải", unit=unit),
        "second": hire(agency, "khanh", Role.AUDITOR, full_name="Bùi An Khánh", unit=unit),
        "owner": hire(
            agency, "lam", Role.REVIEWER, full_name="Hồ Văn Lâm", unit=audited,
            position="Trưởng phòng",
        ),
    }  # fmt: skip


def clause(number: str) -> Clause:
    return Clause.objects.get(edition__is_default=True, number=number)


def what(**fields):
    """What an audit is about; every test may say it otherwise."""
    today = timezone.localdate()
    return {
        "kind": "internal",
        "title": "Đánh giá đợt 1",
        "objectives": "Xem việc kiểm soát tài liệu.",
        "scope": "Phòng Một cửa.",
        "criteria": "TCVN ISO 9001:2015",
        "starts_on": today,
        "ends_on": today + dt.timedelta(days=1),
    } | fields


@pytest.fixture
def audit(agency, audited, team, clauses):
    """A planned audit with two questions."""
    return audits.create(
        agency,
        by=team["quality"],
        lead=team["lead"],
        auditors=[team["auditor"]],
        checklist=[
            audits.Asked(audited, clause("7.5.3"), "Bản in cũ có còn dùng không?", "Xem bàn"),
            audits.Asked(audited, clause("8.5.1"), "Hồ sơ có đúng hạn không?"),
        ],
        **what(),
    )


@pytest.fixture
def running(audit, team):
    audits.start(audit, by=team["lead"])
    return audit


@pytest.fixture
def found(running, team):
    """The running audit with one nonconformity raised and the other question answered."""
    first, second = running.items.order_by("order")
    audits.record_answer(
        first, by=team["auditor"], grade="minor_nc", evidence="Bản in QT-01 lần 1 ở quầy 2.",
        revision=0, finding=("Điều 7.5.3", "Bản hết hiệu lực còn được dùng."),
    )  # fmt: skip
    audits.answer(second, by=team["auditor"], grade="conformity", evidence="5/5", revision=0)
    return running


@pytest.fixture
def reported(found, team):
    audits.report(found, by=team["lead"], conclusion="Hệ thống được duy trì.")
    return found


@pytest.fixture
def case(found):
    return found.findings.get().nonconformity


@pytest.fixture
def accepted(case, team):
    cases.accept(case, by=team["quality"], owner=team["owner"])
    return case


@pytest.fixture
def planned(accepted, team):
    cases.plan(
        accepted, by=team["owner"], correction="Thu bản in.", cause="Không ai được giao thu hồi.",
        actions=[
            cases.PlannedAction("Ghi người thu hồi vào sổ phân phối.", team["author"],
                                timezone.localdate())
        ],
    )  # fmt: skip
    return accepted


@pytest.fixture
def approved(planned, team):
    cases.approve_plan(planned, by=team["approver"])
    return planned


@pytest.fixture
def done(approved, team):
    cases.finish(approved.actions.get(), by=team["author"], result="Sổ có cột người thu hồi.")
    cases.complete(approved, by=team["owner"])
    return approved
