"""Planning, recording, reporting and closing an audit, and what each refuses."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from audits.lifecycles import AuditState
from audits.models import Answer, Audit, Finding, Nonconformity
from audits.services import audit as services
from audits.services import nonconformity as cases
from qms.agencies.models import Role
from qms.kernel.refusals import IllegalMove, Stale, Unacceptable
from qms.trail.models import Event
from qms.trail.services import first_fault
from qms.vault import services as vault
from tests.audits.conftest import clause, what
from tests.factories import hire, make_agency, make_unit
from tests.pdf import pages_of

pytestmark = pytest.mark.django_db


def test_create_gives_the_next_number_of_the_year_and_keeps_the_team_as_it_was(audit, team):
    assert audit.number == f"ĐGNB-{timezone.localdate().year}-01"
    assert [(one.duty, one.name) for one in audit.team.all()] == [
        ("lead", "Đỗ Thị Giang"), ("auditor", "Lý Văn Hải"),
    ]  # fmt: skip
    assert Event.objects.get(name="audit.created").by == team["quality"]


def test_create_refuses_an_auditor_of_his_own_unit(agency, audited, team, clauses):
    own = hire(agency, "own", Role.AUDITOR, unit=audited, full_name="Người của phòng")
    question = services.Asked(audited, clause("7.5"), "Có gì?")

    with pytest.raises(Unacceptable, match="Người của phòng"):
        services.create(
            agency, by=team["quality"], lead=team["lead"], auditors=[own], checklist=[question],
            **what(),
        )  # fmt: skip
    assert not Audit.objects.exists()


def test_create_refuses_a_unit_of_another_agency(agency, team, clauses):
    foreign = make_unit(make_agency("STP", "Sở Tư pháp"), "Phòng Hộ tịch")

    with pytest.raises(Unacceptable, match="Phòng Hộ tịch"):
        services.create(
            agency, by=team["quality"], lead=team["lead"],
            checklist=[services.Asked(foreign, clause("7.5"), "Có gì?")], **what(),
        )  # fmt: skip


@pytest.mark.parametrize("who", ["reader", "author", "reviewer", "approver", "auditor"])
def test_create_is_for_those_who_organise_audits(who, agency, team, clauses):
    with pytest.raises(PermissionDenied):
        services.create(agency, by=team[who], lead=team["lead"], **what())


def test_create_refuses_an_end_before_its_beginning(agency, team, clauses):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    with pytest.raises(Unacceptable, match="Ngày kết thúc"):
        services.create(agency, by=team["quality"], lead=team["lead"], **what(ends_on=yesterday))


def test_the_bank_asks_the_chosen_clause_and_everything_below_it(audited, clauses):
    asked = services.from_bank(audited, [clause("7.5")])

    assert asked
    assert {a.clause.number[:3] for a in asked} == {"7.5"}
    assert all(a.clause.number != "7.50" for a in asked)


def test_schedule_adds_a_meeting_and_refuses_who_is_not_on_the_team(audit, audited, team):
    def line(auditor, day=audit.starts_on):
        return services.Planned(day, dt.time(8), dt.time(9), audited, auditor, (clause("7.5"),))

    services.schedule(audit, line(team["auditor"]), by=team["lead"])
    with pytest.raises(Unacceptable, match="không thuộc đoàn"):
        services.schedule(audit, line(team["second"]), by=team["lead"])
    with pytest.raises(Unacceptable, match="trong thời gian đánh giá"):
        services.schedule(audit, line(team["auditor"], dt.date(2020, 1, 1)), by=team["quality"])
    with pytest.raises(PermissionDenied):
        services.schedule(audit, line(team["auditor"]), by=team["auditor"])
    assert audit.plan.get().clauses.get().number == "7.5"


def test_start_belongs_to_the_lead_and_needs_questions(audit, team):
    with pytest.raises(PermissionDenied):
        services.start(audit, by=team["auditor"])
    services.start(audit, by=team["lead"])
    with pytest.raises(IllegalMove):
        services.start(audit, by=team["lead"])


def test_a_nonconforming_answer_becomes_a_finding_and_a_nonconformity_at_once(found):
    finding, case = Finding.objects.get(), Nonconformity.objects.get()

    assert (finding.number, finding.grade, finding.clause.number) == (1, "minor_nc", "7.5.3")
    assert (case.finding, case.state, case.evidence) == (
        finding, "proposed", "Bản in QT-01 lần 1 ở quầy 2.",
    )  # fmt: skip
    assert case.number == f"KPH-{timezone.localdate().year}-001"
    names = list(Event.objects.order_by("pk").values_list("name", flat=True))
    assert names[-4:] == [
        "audit.answered", "audit.finding_raised", "nonconformity.raised", "audit.answered",
    ]  # fmt: skip
    assert first_fault(found.agency) is None


def test_a_nonconformity_without_evidence_is_refused_and_nothing_is_kept(running, team):
    item = running.items.first()

    with pytest.raises(Unacceptable, match="bằng chứng"):
        services.record_answer(
            item, by=team["auditor"], grade="major_nc", evidence="  ", revision=0,
            finding=("Điều 7.5", "Sai"),
        )  # fmt: skip
    with pytest.raises(Unacceptable, match="Nêu yêu cầu"):
        services.record_answer(
            item, by=team["auditor"], grade="major_nc", evidence="Có", revision=0,
            finding=("", "Sai"),
        )  # fmt: skip
    assert not Answer.objects.exists()
    assert not Finding.objects.exists()


def test_two_auditors_never_overwrite_each_other(running, team):
    item = running.items.first()
    services.answer(item, by=team["auditor"], grade="conformity", evidence="a", revision=0)

    with pytest.raises(Stale, match="Lý Văn Hải"):
        services.answer(item, by=team["lead"], grade="ofi", evidence="b", revision=0)
    services.answer(item, by=team["lead"], grade="ofi", evidence="b", revision=1)
    with pytest.raises(Stale):
        services.answer(item, by=team["auditor"], grade="conformity", evidence="c", revision=1)
    assert Answer.objects.get().evidence == "b"


def test_who_is_not_on_the_team_records_nothing(running, team, stranger):
    for who in (team["second"], team["quality"], team["owner"], stranger):
        with pytest.raises(PermissionDenied):
            services.answer(
                running.items.first(), by=who, grade="conformity", evidence="", revision=0
            )


def test_the_grade_of_a_finding_stands(found, team):
    item = found.items.first()
    with pytest.raises(IllegalMove, match="đã lập phát hiện"):
        services.answer(item, by=team["lead"], grade="conformity", evidence="x", revision=1)
    with pytest.raises(IllegalMove):
        services.raise_finding(item, by=team["lead"], criterion="c", statement="s")


def test_a_remark_becomes_a_finding_without_corrective_action(running, team):
    item = running.items.first()
    services.answer(item, by=team["lead"], grade="ofi", evidence="Nên gộp sổ.", revision=0)

    services.raise_finding(item, by=team["lead"], criterion="7.5.3", statement="Nên gộp sổ.")

    assert Finding.objects.get().grade == "ofi"
    assert not Nonconformity.objects.exists()


def test_report_refuses_open_questions_and_an_empty_conclusion(running, team):
    with pytest.raises(IllegalMove, match="2 câu"):
        services.report(running, by=team["lead"], conclusion="Xong.")


def test_report_is_one_pdf_with_what_was_found(reported):
    reported.refresh_from_db()
    text = " ".join(pages_of(vault.read(reported.report_file)))

    assert reported.state == AuditState.REPORTED
    for wanted in (reported.number, "Bản hết hiệu lực còn được dùng.", "Đỗ Thị Giang", "7.5.3",
                   "Hệ thống được duy trì."):  # fmt: skip
        assert wanted in text, wanted
    assert Event.objects.get(name="audit.reported").facts["sha256"] == reported.report_file.sha256


def test_nothing_is_recorded_after_the_report(reported, team):
    with pytest.raises(IllegalMove):
        services.answer(
            reported.items.last(), by=team["lead"], grade="ofi", evidence="", revision=1
        )


def test_close_waits_for_every_nonconformity_also_the_reissued_one(reported, team, case):
    with pytest.raises(IllegalMove, match="1"):
        services.close(reported, by=team["lead"])

    _walk(case, team)
    again = cases.reissue(case, by=team["second"], note="Vẫn thấy bản cũ ở quầy 3.")
    with pytest.raises(IllegalMove):
        services.close(reported, by=team["lead"])

    _walk(again, team)
    cases.verify(again, by=team["second"], note="Không còn bản cũ.")
    services.close(reported, by=team["lead"])
    assert reported.state == AuditState.CLOSED


def test_the_database_refuses_a_report_without_its_file(found):
    with pytest.raises(IntegrityError), transaction.atomic():
        Audit.objects.filter(pk=found.pk).update(state="reported")


def _walk(case, team):
    case.refresh_from_db()
    cases.accept(case, by=team["quality"], owner=team["owner"])
    cases.plan(
        case, by=team["owner"], correction="Thu.", cause="Vì.",
        actions=[cases.PlannedAction("Làm.", team["author"], timezone.localdate())],
    )  # fmt: skip
    cases.approve_plan(case, by=team["approver"])
    cases.finish(case.actions.get(), by=team["author"], result="Xong.")
    cases.complete(case, by=team["owner"])
