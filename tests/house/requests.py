"""How each named address is asked: method, arguments and the least data it takes."""

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from documents.models import RunStep
from documents.services.draft import WORD
from qms.standards.models import Clause
from tests.factories import PASSWORD
from tests.house.world import World
from tests.pictures import PNG

Data = Callable[[World], dict[str, Any]]


@dataclass(frozen=True)
class Ask:
    """One request. `on` names the thing of the world whose key the address holds."""

    method: str = "GET"
    on: str = ""
    data: Data = lambda world: {}
    more: Callable[[World], list[Any]] = lambda world: []

    def args(self, world: World) -> list[Any]:
        first = [world.things[self.on].pk] if self.on else []
        return first + self.more(world)


def page(on: str = "", more: Callable[[World], list[Any]] = lambda world: []) -> Ask:
    return Ask("GET", on, more=more)


def act(on: str = "", more: Callable[[World], list[Any]] = lambda world: [], **data: Any) -> Ask:
    def said(world: World) -> dict[str, Any]:
        return {key: value(world) if callable(value) else value for key, value in data.items()}

    return Ask("POST", on, said, more)


def _word(world: World) -> SimpleUploadedFile:
    return SimpleUploadedFile("QT.docx", world.things["word"], WORD)


def _held(world: World) -> list[int]:
    return [world.things["old_copy"].pk]


def _scan(world: World) -> SimpleUploadedFile:
    return SimpleUploadedFile("phieu.pdf", b"%PDF-1.7 sheet", "application/pdf")


def _picture(world: World) -> SimpleUploadedFile:
    return SimpleUploadedFile("sơ đồ.png", PNG, "image/png")


def _section(world: World) -> list[int]:
    return [world.things["draft"].sections.first().pk]


def _late(world: World) -> list[int]:
    return [world.things["late_on"].late_uploads.get().pk]


def _today(world: World) -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def _agency(world: World) -> int:
    return world.agency.pk


def _document(world: World) -> int:
    return world.things["in_force"].document_id


def _station(n: int, duty: str, role: str | None = None) -> dict[str, Any]:
    said = {"duty": duty, "role": duty if role is None else role, "rule": "any"}
    return {f"{k}_{n}": v for k, v in (said | {"needed": 1, "days": 3, "unit": ""}).items()}


def _first_step(world: World) -> int:
    return RunStep.objects.get(run__version=world.things["in_approval"], order=1).pk


def _clause(world: World) -> int:
    return Clause.objects.get(edition__is_default=True, number="7.5").pk


def _unit(name: str) -> Callable[[World], int]:
    return lambda world: world.agency.units.get(name=name).pk


def _person(name: str) -> Callable[[World], int]:
    return lambda world: world.people[name].pk


def _agency(world: World) -> int:
    return world.agency.pk


def _document(world: World) -> list[int]:
    return [world.things["in_force"].document_id]


def _item(world: World) -> list[int]:
    return [world.things["running"].items.first().pk]


def _action(world: World) -> list[int]:
    return [world.things["mending"].actions.get().pk]


def _decision(world: World) -> dict[str, Any]:
    wording = asdict(world.things["wording"])
    lines = {name: "\n".join(wording.pop(name)) for name in ("grounds", "recipients")}
    articles = {f"article_{n}": said for n, said in enumerate(wording.pop("articles"), 1)}
    revision = world.things["promulgation"].revision
    versions = [world.things["approved"].pk]
    return {"versions": versions, "revision": revision, **wording, **lines, **articles}


ASKS: dict[str, Ask] = {
    "home:inbox-show": page(),
    "home:search-show": page(),
    "home:health-show": page(),
    "web:session-log-in": page(),
    "web:session-log-out": act(),
    "web:session-set-language": act(language="en"),
    "web:session-set-theme": act(theme="dark"),
    "copies:copy-find": page(),
    "copies:copy-check": Ask(more=lambda world: [world.things["in_force"].check_code]),
    "documents:document-list": page(),
    "documents:register-list": page(),
    "documents:register-xlsx": page(),
    "documents:register-pdf": page(),
    "documents:register-zip": page(),
    "documents:saved-view-save": act(more=lambda world: ["master"], name="Của tôi"),
    "documents:saved-view-open": page("view"),
    "documents:saved-view-remove": act("view"),
    "documents:reference-list": page("in_force"),
    "documents:reader-list": Ask(more=_document),
    "documents:reader-restrict": act(more=_document, reason="Nhân sự."),
    "documents:reader-open": act(more=_document, reason="Đã công khai."),
    "documents:reader-grant": act(more=_document, username="nobody", reason="Phối hợp."),
    "documents:reader-revoke": act(
        more=lambda w: [w.things["approved"].document_id, "person", w.people["owner"].pk],
        reason="Xong.",
    ),
    "documents:external-list": page(),
    "documents:external-xlsx": page(),
    "documents:external-pdf": page(),
    "documents:external-create": act(
        agency=_agency, number="1/2026/TT-BNV", title="a", issuer="Bộ Nội vụ", group="B"
    ),
    "documents:external-detail": page("ended"),
    "documents:external-change": act(
        "external", number="30/2020/NĐ-CP", title="b", issuer="Chính phủ", group="A",
        revision=lambda w: w.things["external"].revision,
    ),
    "documents:external-repeal": act("external", valid_to=_today, reason="Bãi bỏ."),
    "documents:external-check": act(
        "ended", more=lambda w: [w.things["in_force"].pk], verdict="keep"
    ),
    "documents:external-file": page("external"),
    "documents:record-list": page(),
    "documents:record-xlsx": page(),
    "documents:record-pdf": page(),
    "documents:record-create": act(agency=_agency, name="Công văn đến", since=_today),
    "documents:record-take-over": page(),
    "documents:record-detail": page("series"),
    "documents:record-change": act(
        "series", name="Khác", since=_today, revision=lambda w: w.things["series"].revision
    ),
    "documents:record-file-create": act("series", title="Năm 2026", opened_on=_today),
    "documents:record-file-change": act(
        "due", title="Khác", opened_on="01/01/2020", revision=lambda w: w.things["due"].revision
    ),
    "documents:record-file-hold": act("due", reason="Thanh tra."),
    "documents:record-file-lift": act("held", reason="Thanh tra xong."),
    "documents:disposal-list": page(),
    "documents:disposal-propose": act(
        more=lambda w: [w.agency.pk], files=lambda w: w.things["due"].pk
    ),
    "documents:disposal-detail": page("disposal"),
    "documents:disposal-approve": act("disposal", number="12/QĐ-SNV", decided_on=_today),
    "documents:disposal-refuse": act("disposal", reason="Còn dùng."),
    "documents:document-create": act(
        agency=_agency, kind="system_procedure", code="QT-90", title="Quy trình mới"
    ),
    "documents:document-detail": Ask(
        on="", more=lambda world: [world.things["in_force"].document_id]
    ),
    "documents:intake-create": act(agency=_agency, documents=_word),
    "documents:batch-list": page(),
    "documents:batch-detail": page("batch"),
    "documents:batch-progress": page("batch"),
    "documents:batch-resume": act("batch"),
    "documents:batch-json": page("batch"),
    "documents:batch-xlsx": page("batch"),
    "documents:version-detail": page("in_force"),
    "documents:version-history": page("in_force"),
    "documents:version-compare": page("revised"),
    "documents:version-amend": act(
        "draft", revision=lambda w: w.things["draft"].revision, rows=1, description_1="Sửa mục 5."
    ),
    "documents:document-resolve": page(more=lambda world: ["qt - 05"]),
    "documents:periodic-review-list": page(),
    "documents:version-conclude": act("in_force", verdict="keep", remark="Còn phù hợp."),
    "documents:change-request-list": page(),
    "documents:change-request-create": act(
        agency=_agency, reason="Luật mới.", wish_1="amend", document_1=_document, what_1="Sửa.",
    ),
    "documents:change-request-detail": page("asked"),
    "documents:change-request-pdf": page("asked"),
    "documents:change-request-accept": act("asked"),
    "documents:change-request-refuse": act("asked", answer="Đã có."),
    "documents:change-request-retract": act("asked"),
    "documents:change-request-finish": act("accepted"),
    "documents:version-forms": page("in_force"),
    "documents:version-renumber": act("revision", counting="issue"),
    "documents:control-change": act(
        agency=_agency, decide_days=4, remind_days=1, escalate_days=3, read_days=10,
        review_months=36,
    ),
    "notices:notice-list": page(),
    "notices:notice-clear": act(),
    "notices:notice-follow": act("notice"),
    "documents:route-list": page(),
    "documents:route-create": act(
        name="Hai cấp", kind="", **_station(1, "reviewer"), **_station(2, "approver"),
        **{k: v for n in (3, 4, 5, 6) for k, v in _station(n, "approver", role="").items()},
        agency=_agency,
    ),
    "documents:route-retire": act("route"),
    "documents:delegation-list": act(
        agency=_agency, deputy=_person("owner"), starts_on=_today, ends_on=_today,
        reason="Đi công tác.",
    ),
    "documents:delegation-end": act("delegation"),
    "documents:version-step-back": act("in_approval", to=_first_step, reason="Xem lại."),
    "documents:comment-create": act("in_review", text="Xem lại mục 5."),
    "documents:comment-resolve": act("comment", answer="Đã sửa."),
    "documents:change-mark": act("revised", key="0" * 40, seen="1"),
    "documents:procedure-change": act(
        "tthc", revision=lambda w: w.things["tthc"].revision, rows=1, name_1="Tiếp nhận",
        time_1="4 giờ", total="4 giờ",
    ),
    "documents:document-attach": Ask(
        "POST", data=lambda w: {"parent": w.things["in_force"].document_id},
        more=lambda w: [w.things["loose_form"].document_id],
    ),
    "documents:version-submit": act("draft"),
    "documents:version-review": act("in_review"),
    "documents:version-approve": act("in_approval", effective_on=_today, password=PASSWORD),
    "documents:version-send-back": act("in_review", reason="Thiếu mục."),
    "documents:version-recall": act("in_approval", reason="Sai mục 3."),
    "documents:version-put-in-force": act("approved"),
    "documents:version-register": act("draft"),
    "documents:version-withdraw": act("in_force", reason="Không còn dùng."),
    "documents:version-discard": act("draft", reason="Nhầm."),
    "documents:version-upload": act("draft", file=_word, revision=lambda w: 1),
    "documents:version-check-out": act("draft"),
    "documents:version-release": act("draft"),
    "documents:version-unlock": act("held_draft", reason="Cần nộp hôm nay."),
    "documents:section-arrange": page("draft"),
    "documents:section-create": act("draft", title="Phụ lục", html="<p>a</p>", revision=1),
    "documents:section-edit": act(
        "draft", more=_section, number="1", title="Mục đích", html="<p>b</p>", revision=1
    ),
    "documents:section-move": act("draft", more=_section, revision=1),
    "documents:section-remove": act("draft", more=_section, revision=1),
    "documents:section-renumber": act("draft", revision=1),
    "documents:picture-add": act("draft", picture=_picture),
    "documents:late-upload-detail": page("late_on", more=_late),
    "documents:late-upload-download": page("late_on", more=_late),
    "documents:late-upload-take": act("late_on", more=_late, revision=2),
    "documents:late-upload-drop": act("late_on", more=_late),
    "documents:version-settle-code": act("draft", code="QT-91"),
    "documents:version-confirm": act(
        "unsure", code="QT-92", title="Đã xem lại", issue_no=1, amendment_no=0
    ),
    "documents:version-revise": act("in_force"),
    "documents:file-pdf": page("in_force"),
    "documents:file-original": page("in_force"),
    "documents:file-preview": page("draft"),
    "documents:file-controlled": page("copy"),
    "documents:file-docx": page("in_force"),
    "documents:file-source": page("in_force"),
    "documents:file-picture": page("in_force", more=lambda world: ["0" * 64]),
    "documents:promulgation-list": page(),
    "documents:promulgation-create": Ask("POST", "", _decision),
    "documents:promulgation-detail": page("promulgation"),
    "documents:promulgation-edit": Ask("POST", "promulgation", _decision),
    "documents:promulgation-number": act("promulgation", number=31, dated_on=_today),
    "documents:promulgation-discard": act("promulgation", reason="Lập nhầm."),
    "documents:promulgation-pdf": page("promulgation"),
    "documents:promulgation-docx": page("promulgated"),
    "documents:reading-list": page(),
    "documents:reading-show": page("in_force"),
    "documents:reading-acknowledge": act(
        "in_force", seen=lambda w: w.things["in_force"].content_hash
    ),
    "documents:reading-distribute": act("base"),
    "documents:reading-weigh": act("revised", is_substantive="0"),
    "documents:reading-sheet": page("in_force"),
    "documents:reading-record-paper": act(
        "in_force", file=_scan, signed_on=_today, people=_person("admin")
    ),
    "documents:reading-scan": page("signed"),
    "documents:progress-list": page(),
    "documents:distribution-list": page(),
    "documents:distribution-assign": act(
        "document", revision=1, rows=1, role_1="author", unit_1="", person_1=""
    ),
    "documents:distribution-assign-default": act(
        "agency", more=lambda w: ["regulation"], revision=0, rows=1, role_1="everybody"
    ),
    "documents:controlled-copy-list": page(),
    "documents:controlled-copy-xlsx": page(),
    "documents:controlled-copy-pdf": page(),
    "documents:controlled-copy-detail": page("copy"),
    "documents:controlled-copy-give": act("in_force", others="Tủ ISO", given_on=_today),
    "documents:controlled-copy-recall": act("old", copies=_held, day=_today),
    "documents:controlled-copy-minutes": page("in_force"),
    "documents:controlled-copy-exchange": act("copy", day=_today),
    "documents:controlled-copy-take-back": act("copy", day=_today),
    "documents:controlled-copy-report-lost": act("copy", day=_today, remark="Mất."),
    "documents:controlled-copy-destroy": act("copy", day=_today),
    "library:template-list": page(),
    "library:template-create": act(
        code="M-QT-99", title="Mẫu mới", target_kind="system_procedure", summary="Thử.",
        audience=["department"],
    ),
    "library:template-of-document": Ask(
        more=lambda world: [world.things["template"].document_id]
    ),
    "library:template-detail": page("template"),
    "library:download-docx": page("template"),
    "library:download-pdf": page("template"),
    "library:download-zip": page("set"),
    "library:template-history": page("template"),
    "library:adoption-list": page(),
    "library:adoption-adopt": act("template", agency=_agency),
    "library:adoption-adopt-set": act("set", agency=_agency),
    "library:matrix-list": page(),
    "library:matrix-xlsx": page(),
    "library:matrix-remind": act(),
    "library:update-list": page(),
    "library:update-detail": page("update"),
    "library:update-take": act("update"),
    "library:update-take-clean": act(),
    "library:update-decline": act("update", reason="Chưa cần."),
    "library:waiver-waive": act("template", agency=_agency, reason="Không có việc này."),
    "library:waiver-lift": act("waiver"),
    "audits:programme-list": page(),
    "audits:programme-create": act(
        agency=_agency, year=2031, objectives="a", criteria="b", scope="c", method="on_site"
    ),
    "audits:programme-detail": page("programme"),
    "audits:programme-approve": act("programme"),
    "audits:audit-list": page(),
    "audits:audit-create": act(
        agency=_agency, kind="internal", title="Đợt mới", units=_unit("Phòng Một cửa"),
        clauses=_clause, starts_on=_today, ends_on=_today, lead=_person("lead"),
        objectives="a", scope="b", criteria="c",
    ),
    "audits:audit-detail": page("running"),
    "audits:audit-schedule": act(
        "audit", day=_today, from_time="08:00", to_time="09:00", unit=_unit("Phòng Một cửa"),
        auditor=_person("auditor"),
    ),
    "audits:audit-start": act("audit"),
    "audits:audit-sheet": page("running"),
    "audits:audit-answer": Ask(
        "POST",
        "running",
        lambda world: {f"q{_item(world)[0]}-grade": "conformity", f"q{_item(world)[0]}-revision": 0},
        _item,
    ),
    "audits:audit-report": act("running", conclusion="Tốt."),
    "audits:audit-pdf": page("reported"),
    "audits:audit-close": act("reported"),
    "audits:nonconformity-list": page(),
    "audits:nonconformity-create": act(
        agency=_agency, source="report", description="a", requirement="b", evidence="c"
    ),
    "audits:nonconformity-detail": page("proposed"),
    "audits:nonconformity-accept": act("proposed", owner=_person("owner")),
    "audits:nonconformity-plan": act(
        "analysis", correction="a", cause="b", action_1="c", owner_1=_person("owner"),
        due_1=lambda w: f"{timezone.localdate() + dt.timedelta(days=9):%d/%m/%Y}",
    ),
    "audits:nonconformity-send-back": act("pending", reason="Chưa đủ."),
    "audits:nonconformity-approve-plan": act("pending"),
    "audits:nonconformity-finish": act("mending", more=_action, result="Xong."),
    "audits:nonconformity-complete": act("mended"),
    "audits:nonconformity-verify": act("verification", note="Đã xem 5 hồ sơ."),
    "audits:nonconformity-reissue": act("verification", note="Vẫn còn."),
}  # fmt: skip


def named_addresses() -> set[str]:
    """Every `app:noun-verb` of the site."""

    def walk(resolver: URLResolver, space: str) -> set[str]:
        found = set()
        for entry in resolver.url_patterns:
            if isinstance(entry, URLResolver):
                below = entry.namespace or ""
                found |= walk(entry, f"{space}{below}:" if below else space)
            elif isinstance(entry, URLPattern) and entry.name:
                found.add(f"{space}{entry.name}")
        return found

    return walk(get_resolver("qms.urls"), "")
