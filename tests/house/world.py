"""One agency with a person for every duty, and one thing in every state they act upon."""

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from audits.services import audit as audits
from audits.services import nonconformity as cases
from audits.services import programme as programmes
from documents.models import DocumentKind, Version
from documents.services import batch as batches
from documents.services import change_request as requests
from documents.services import checkout as checkouts
from documents.services import comment as comments
from documents.services import content as contents
from documents.services import controlled_copy as copies
from documents.services import delegation as delegations
from documents.services import dissemination, intake
from documents.services import distribution as lists
from documents.services import draft as drafts
from documents.services import promulgation as promulgations
from documents.services import reading as readings
from documents.services import route as routes
from documents.services import run as runs
from documents.services import version as versions
from documents.services.controlled_copy import Holder
from documents.services.distribution import Line
from documents.services.late_upload import LateFile
from qms.agencies.models import Agency, Role, User
from qms.library.models import Template, TemplateSet, Update
from qms.library.services import adoption
from qms.library.services import update as updates
from qms.library.services import waiver as waivers
from qms.notices.models import Notice
from qms.notices.services import notify
from qms.standards.loading import load_standards
from qms.standards.models import Clause
from qms.word import writing
from tests.factories import hire, make_agency, make_province, make_unit
from tests.house import registers
from tests.qms.library.province import publish_next, reword
from tests.qms.word import files
from tests.signing import approve
from tests.words import say

# The columns of the matrix: everybody a page may meet.
PEOPLE = (
    "visitor", "stranger", "reader", "author", "reviewer", "approver", "quality", "auditor",
    "lead", "owner", "admin", "editor", "nobody",
)  # fmt: skip


@dataclass(frozen=True)
class World:
    agency: Agency
    people: dict[str, User | None]
    things: dict[str, Any]


def build() -> World:
    load_standards()
    agency = make_agency()
    people = _people(agency)
    things = _versions(agency, people) | _template(agency, people) | _audits(agency, people)
    things |= _promulgations(agency, people, things)
    notify([people["author"]], agency=agency, key="k", subject="Đến lượt bạn", address="/")
    things["notice"] = Notice.objects.get(key="k")
    things |= _readings(agency, people, things["in_force"])
    things |= _recalled(people, things["old"])
    things["base"] = things["revised"].document.versions.in_force().get()
    things |= _intake(agency, people)
    things |= registers.build(agency, people, things)
    return World(agency, people, things)


def _people(agency: Agency) -> dict[str, User | None]:
    body = make_agency("SKHCN", "Sở Khoa học và Công nghệ")
    make_province(body)
    hire(body, "director", Role.APPROVER, position="Giám đốc")
    office, desk = make_unit(agency, "Văn phòng"), make_unit(agency, "Phòng Một cửa")
    far = [Role.AUTHOR, Role.REVIEWER, Role.APPROVER, Role.QUALITY, Role.LEAD_AUDITOR, Role.ADMIN]
    return {
        "visitor": None,
        "stranger": hire(make_agency("SYT", "Sở Y tế"), "stranger", *far),
        "reader": hire(agency, "reader", Role.READER, unit=office),
        "author": hire(agency, "author", Role.AUTHOR, unit=office),
        "reviewer": hire(agency, "reviewer", Role.REVIEWER, unit=office),
        "approver": hire(agency, "approver", Role.APPROVER, unit=office),
        "quality": hire(agency, "quality", Role.QUALITY, unit=office),
        "auditor": hire(agency, "auditor", Role.AUDITOR, unit=office),
        "lead": hire(agency, "lead", Role.LEAD_AUDITOR, unit=office),
        "owner": hire(agency, "owner", Role.READER, unit=desk),
        "admin": hire(agency, "admin", Role.ADMIN, unit=office),
        "nobody": User.objects.create(username="nobody", full_name="Người đã chuyển đi"),
        "editor": hire(body, "editor", Role.LIBRARY_EDITOR),
    }


def _versions(agency: Agency, people: dict[str, Any]) -> dict[str, Any]:
    author = people["author"]

    def begun(n: int) -> Version:
        made = drafts.create(
            agency, by=author, kind=DocumentKind.SYSTEM_PROCEDURE, code=f"QT-{n:02d}",
            title=f"Quy trình {n}",
        )  # fmt: skip
        return say(made)

    def reviewed(n: int) -> Version:
        version = begun(n)
        versions.submit(version, by=author)
        versions.review(version, by=people["reviewer"])
        return version

    def approved_now(n: int) -> Version:
        version = reviewed(n)
        today = timezone.localdate()
        approve(version, by=people["approver"], effective_on=today)
        return version

    draft, in_review, in_approval = begun(1), begun(2), reviewed(3)
    versions.submit(in_review, by=author)
    approved, in_force = reviewed(4), reviewed(5)
    today = timezone.localdate()
    approve(approved, by=people["approver"], effective_on=today + dt.timedelta(days=5))
    approve(in_force, by=people["approver"], effective_on=today)
    revised = say(drafts.revise(approved_now(7), by=author), "Kiểm soát tài liệu, hồ sơ.")
    versions.submit(revised, by=author)
    tthc = say(drafts.create(
        agency, by=author, kind=DocumentKind.TTHC_PROCEDURE, code="QT-20", title="Đăng ký"
    ))  # fmt: skip
    loose_form = drafts.create(
        agency, by=author, kind=DocumentKind.FORM, code="BM-20", title="Phiếu tiếp nhận"
    )
    comment = comments.create(revised, by=people["reviewer"], text="Nêu rõ ai lưu hồ sơ.")
    today = timezone.localdate()

    def asked() -> Any:
        return requests.create(
            agency, by=people["reader"], reason="Luật mới.",
            lines=[requests.Asked("withdraw", "Sửa mục 5.", in_force.document)],
        )  # fmt: skip

    accepted = asked()
    requests.accept(accepted, by=people["quality"], author=author)
    return {
        "asked": asked(), "accepted": accepted,
        "route": routes.create(
            agency, by=people["quality"], name="Quy định", kind="regulation",
            steps=runs.plan_of(draft.document),
        ),
        "delegation": delegations.create(
            agency, by=people["approver"], deputy=people["admin"], reason="Đi họp.",
            starts_on=today + dt.timedelta(days=30), ends_on=today + dt.timedelta(days=31),
        ),
        "revision": drafts.revise(approved_now(8), by=author),
        "tthc": tthc, "loose_form": loose_form, "comment": comment,
        "revised": revised, "draft": draft, "in_review": in_review, "in_approval": in_approval,
        "approved": approved, "in_force": in_force, "old": approved_now(9),
        "word": writing.docx(contents.content_of(draft), assets={}),
    } | _held(begun(30), begun(31), people)  # fmt: skip


def _held(held: Version, late_on: Version, people: dict[str, Any]) -> dict[str, Any]:
    """A draft that the quality office holds, and one to which a file came late."""
    checkouts.check_out(held, by=people["quality"])
    late = writing.docx(contents.content_of(late_on), assets={})
    drafts.upload(late_on, by=people["quality"], data=late, name="QT-09.docx", revision=1)
    with contextlib.suppress(LateFile):
        drafts.upload(late_on, by=people["author"], data=late, name="QT-09.docx", revision=1)
    return {"held_draft": held, "late_on": late_on}


def _promulgations(
    agency: Agency, people: dict[str, Any], things: dict[str, Any]
) -> dict[str, Any]:
    wording = promulgations.Wording(
        subject="Về việc ban hành tài liệu", issuer="GIÁM ĐỐC SỞ NỘI VỤ", symbol="QĐ-SNV",
        place="Đồng Tháp", grounds=["Căn cứ chức năng, nhiệm vụ"], articles=["Ban hành."],
        recipients=["Như Điều 1", "Lưu: VT"], signing_capacity="", collective="",
        head_position="", signer_position="Giám đốc", signer_name="Nguyễn Văn Dũng",
    )  # fmt: skip

    def decided(version: Version) -> Any:
        return promulgations.create(
            agency, by=people["quality"], wording=wording, versions=[version]
        )

    promulgated = decided(things["in_force"])
    today = timezone.localdate()
    promulgations.number(promulgated, by=people["quality"], number=7, dated_on=today)
    return {
        "wording": wording, "promulgated": promulgated, "promulgation": decided(things["approved"]),
    }  # fmt: skip


def _readings(agency: Agency, people: dict[str, Any], version: Version) -> dict[str, Any]:
    """Everybody is to read the version in force; one signed on paper; two copies are out."""
    quality, today = people["quality"], timezone.localdate()
    lists.assign(version.document, by=quality, lines=[Line()])
    kind = DocumentKind.SYSTEM_PROCEDURE
    lists.assign_default(agency, by=quality, kind=kind, lines=[Line(role=Role.AUTHOR)])
    dissemination.distribute(version, by=User.clock())
    readings.record_paper(
        version, by=quality, people=[people["owner"]], signed_on=today, data=b"%PDF-1.7 signed",
        name="phieu.pdf",
    )  # fmt: skip
    held = [Holder(words="Bộ phận Một cửa"), Holder(person=people["reader"])]
    out, lost = copies.give(version, by=quality, holders=held, given_on=today)
    copies.report_lost(lost, by=quality, day=today, remark="Chuyển phòng.")
    return {
        "signed": version.readings.get(person=people["owner"]), "copy": out, "lost": lost,
        "document": version.document, "agency": agency,
    }  # fmt: skip


def _recalled(people: dict[str, Any], version: Version) -> dict[str, Any]:
    """A version that was withdrawn while a copy of it is out."""
    quality = people["quality"]
    held = [Holder(words="Tủ ISO")]
    [copy] = copies.give(version, by=quality, holders=held, given_on=timezone.localdate())
    versions.withdraw(version, by=quality, reason="Không còn dùng.")
    return {"old_copy": copy}


def _intake(agency: Agency, people: dict[str, Any]) -> dict[str, Any]:
    """A batch of two files that wait, and a draft of which something must be confirmed."""
    data = files.procedure(code="", issue="")
    waiting = [batches.Handed(f"{n}.docx", len(data), lambda: data) for n in (1, 2)]
    batch = batches.create(agency, by=people["author"], files=waiting, name="Hai tệp")
    row = intake.create(agency, by=people["author"], data=data, name="QT-93 Chưa rõ.docx")
    return {"batch": batch, "unsure": Version.objects.get(pk=row.version)}


def _template(agency: Agency, people: dict[str, Any]) -> dict[str, Any]:
    from django.core.management import call_command  # noqa: PLC0415

    codes = ["M-QT-01", "M-QT-02", "M-QT-04"]
    call_command("load_library", by="editor", only=codes, publish=True, stdout=_Silent())
    template, other, without = Template.objects.order_by("document__code")[:3]
    draft = adoption.adopt(other, agency, by=people["author"]).document.versions.get()
    contents.write(draft, reword(contents.content_of(draft), "Mục đích", "Quy định", "Nêu rõ"))
    publish_next(
        other, lambda c: reword(c, "Mục đích", "Quy định", "Hướng dẫn"), by=people["editor"]
    )
    updates.compare_waiting()
    waiver = waivers.waive(without, agency, by=people["quality"], reason="Không có việc này.")
    together = TemplateSet.objects.get(key="department")
    template.sets.add(together)
    return {
        "template": template, "set": together, "waiver": waiver, "update": Update.objects.get(),
    }  # fmt: skip


def _audits(agency: Agency, people: dict[str, Any]) -> dict[str, Any]:
    clause = Clause.objects.get(edition__is_default=True, number="7.5.3")
    desk = agency.units.get(name="Phòng Một cửa")
    today = timezone.localdate()
    said = {
        "kind": "internal", "objectives": "Xem.", "scope": "Phòng.", "criteria": "ISO 9001",
        "starts_on": today, "ends_on": today,
    }  # fmt: skip

    def planned(title: str) -> Any:
        return audits.create(
            agency, by=people["quality"], lead=people["lead"], auditors=[people["auditor"]],
            checklist=[audits.Asked(desk, clause, "Bản in cũ?"), audits.Asked(desk, clause, "Sổ?")],
            title=title, **said,
        )  # fmt: skip

    fresh, running, reported = (
        planned("Đợt mới"),
        planned("Đợt đang chạy"),
        planned("Đợt đã báo cáo"),
    )
    for audit in (running, reported):
        audits.start(audit, by=people["lead"])
    first, second = reported.items.order_by("order")
    audits.record_answer(
        first, by=people["auditor"], grade="minor_nc", evidence="Quầy 2.", revision=0,
        finding=("7.5.3", "Bản cũ còn dùng."),
    )  # fmt: skip
    audits.answer(second, by=people["auditor"], grade="conformity", evidence="", revision=0)
    audits.report(reported, by=people["lead"], conclusion="Tốt.")
    programme = programmes.create(
        agency, by=people["quality"], year=today.year, lines=[(desk, 5, [clause])],
        objectives="a", criteria="b", scope="c", method="on_site",
    )  # fmt: skip
    return {
        "audit": fresh, "running": running, "reported": reported, "programme": programme,
    } | _cases(agency, people)  # fmt: skip


def _cases(agency: Agency, people: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()

    def proposed() -> Any:
        return cases.report(
            agency, by=people["reader"], source="report", description="Sai hẹn.",
            requirement="8.2.1", evidence="Giấy hẹn 12.",
        )  # fmt: skip

    def analysed() -> Any:
        case = proposed()
        cases.accept(case, by=people["quality"], owner=people["owner"])
        return case

    def pending() -> Any:
        case = analysed()
        action = cases.PlannedAction("Sửa.", people["owner"], today)
        cases.plan(case, by=people["owner"], correction="a", cause="b", actions=[action])
        return case

    def mending() -> Any:
        case = pending()
        cases.approve_plan(case, by=people["approver"])
        return case

    def mended() -> Any:
        case = mending()
        cases.finish(case.actions.get(), by=people["owner"], result="Xong.")
        return case

    waiting = mended()
    cases.complete(waiting, by=people["owner"])
    return {
        "proposed": proposed(), "analysis": analysed(), "pending": pending(),
        "mending": mending(), "mended": mended(), "verification": waiting,
    }  # fmt: skip


class _Silent:
    def write(self, text: str) -> None:
        """Nobody reads what a command says here."""
