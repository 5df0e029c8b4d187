"""The demonstration's texts are sound before anybody loads them; guidance has `check_library`."""

import json
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from lxml import html

from documents.lifecycles import VersionState
from qms.agencies.models import Role
from qms.kernel.text import fold
from qms.word.richtext import TAGS, clean

DEMO = settings.BASE_DIR / "qms" / "home" / "demo"
DOCUMENTS = sorted((DEMO / "documents").glob("*.html"))
SECTIONS = [
    "Mục đích",
    "Phạm vi áp dụng",
    "Tài liệu viện dẫn",
    "Định nghĩa, viết tắt",
    "Nội dung",
    "Biểu mẫu",
    "Hồ sơ cần lưu",
]
STEP_HEAD = ["TT", "Trình tự thực hiện", "Trách nhiệm", "Thời gian", "Biểu mẫu, kết quả"]
FORM_CODE = re.compile(r"BM(?:\.[A-ZĐ0-9]+)+")
AMOUNT = re.compile(r"([\d,]+) (ngày|giờ)")


def read(path: Path) -> tuple[dict[str, Any], str]:
    front, body = path.read_text(encoding="utf-8").removeprefix("+++\n").split("\n+++\n", 1)
    return tomllib.loads(front), body


def load(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DEMO / name).read_text(encoding="utf-8"))
    return found


def people() -> dict[str, dict[str, Any]]:
    return {person["username"]: person for person in load("people.json")["people"]}


def roles_at(agency: str, username: str) -> set[str]:
    return {
        role
        for place in people()[username]["memberships"]
        if place["agency"] == agency
        for role in place["roles"]
    }


def clause_numbers() -> set[str]:
    file = settings.BASE_DIR / "qms" / "standards" / "data" / "iso9001_2015.json"
    return {c["number"] for c in json.loads(file.read_text(encoding="utf-8"))["clauses"]}


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def head(table: html.HtmlElement) -> list[str]:
    return [words(cell) for cell in table.findall("thead/tr/th")]


@pytest.fixture(params=DOCUMENTS, ids=lambda path: path.name)
def text(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str]:
    return read(request.param)


def test_is_nfc_without_old_placeholders(text: tuple[dict[str, Any], str]) -> None:
    assert unicodedata.is_normalized("NFC", text[1])
    assert not re.search(r"(?:TO)DO|XXX|lorem|Nguyễn Văn A\b", text[1])


def test_body_keeps_to_the_allowed_tags(text: tuple[dict[str, Any], str]) -> None:
    body = re.sub(r"</?h2>", "", text[1])
    assert {e.tag for e in html.fragment_fromstring(body, "div").iterdescendants()} <= TAGS
    lost = html.fromstring(f"<div>{clean(body)}</div>")
    assert words(lost) == words(html.fromstring(f"<div>{body}</div>"))


def test_a_procedure_has_its_seven_sections(text: tuple[dict[str, Any], str]) -> None:
    front, body = text
    heads = re.findall(r"^<h2>(\d+)\. (.+)</h2>$", body, re.MULTILINE)
    assert len(heads) == body.count("<h2>")
    assert [int(number) for number, _ in heads] == list(range(1, len(heads) + 1))
    if front["kind"] != "policy":
        titles = [title.removesuffix(" quy trình") for _, title in heads]
        assert titles == SECTIONS


def test_clauses_exist(text: tuple[dict[str, Any], str]) -> None:
    named = set(text[0]["clauses"])
    for numbers in text[0].get("section_clauses", {}).values():
        named |= set(numbers)
    assert named <= clause_numbers()


def test_step_times_have_one_unit_and_add_up(text: tuple[dict[str, Any], str]) -> None:
    tree = html.fromstring(f"<div>{text[1]}</div>")
    tables = [table for table in tree.iter("table") if head(table) == STEP_HEAD]
    assert bool(tables) == (text[0]["kind"] != "policy")
    for table in tables:
        steps = [AMOUNT.fullmatch(words(row[3])) for row in table.find("tbody")]
        total = AMOUNT.fullmatch(words(table.find("tfoot")[0][1]))
        assert total
        assert {step[2] for step in steps if step} == {total[2]}
        assert sum(float(step[1].replace(",", ".")) for step in steps if step) == float(
            total[1].replace(",", ".")
        )
        assert all(steps)


def test_every_form_used_is_listed(text: tuple[dict[str, Any], str]) -> None:
    """Own forms stand in section 6; BM.04.01 and BM.TTHC are shared by all procedures."""
    front, body = text
    if front["kind"] == "policy":
        return
    listed = body.split("<h2>6. ")[1].split("<h2>7. ")[0]
    shared = {"BM.04.01"} | {f"BM.TTHC.0{n}" for n in range(1, 7)}
    examples = {"BM.01.02"}  # how a code is built
    assert set(FORM_CODE.findall(body)) - shared - examples <= set(FORM_CODE.findall(listed))


def test_every_own_form_is_kept_as_a_record(text: tuple[dict[str, Any], str]) -> None:
    front, body = text
    if front["kind"] == "policy":
        return
    listed = body.split("<h2>6. ")[1].split("<h2>7. ")[0]
    kept = body.split("<h2>7. ")[1]
    own = {code for code in FORM_CODE.findall(listed) if not code.startswith("BM.TTHC")}
    assert own <= set(FORM_CODE.findall(kept))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_demonstration_document_is_made_by_three_people_with_their_roles(path: Path) -> None:
    front, body = read(path)
    names = [front["author"], front["reviewer"], front["approver"]]
    assert len(set(names)) == 3
    for name, role in zip(names, (Role.AUTHOR, Role.REVIEWER, Role.APPROVER), strict=True):
        assert role in roles_at(front["agency"], name)
    assert front["unit"] in load("people.json")["units"][front["agency"]]
    assert front["state"] in VersionState.values
    assert "{{" not in body


def test_demonstration_shows_every_state_before_the_end() -> None:
    states = {read(path)[0]["state"] for path in DOCUMENTS}
    assert states >= {
        "draft",
        "in_review",
        "in_approval",
        "approved",
        "in_force",
        "superseded",
    }


def test_usernames_are_made_from_names() -> None:
    for username, person in people().items():
        *before, last = fold(person["full_name"]).split()
        assert username == f"{last}.{''.join(word[0] for word in before)}"


def test_people_work_in_known_units_and_roles() -> None:
    units = load("people.json")["units"]
    for person in people().values():
        for place in person["memberships"]:
            assert place["unit"] in units[place["agency"]]
            assert set(place["roles"]) <= set(Role.values)
            assert place["roles"]


def test_the_oversight_agency_has_every_role() -> None:
    held = {role for name in people() for role in roles_at("SKHCN", name)}
    assert held == set(Role.values)


def test_nobody_audits_his_own_unit() -> None:
    unit_of = {name: p["memberships"][0]["unit"] for name, p in people().items()}
    for audit in load("audit.json")["audits"]:
        assert "lead_auditor" in roles_at("SKHCN", audit["lead"])
        for line in audit["plan"]:
            assert unit_of[line["auditor"]] != line["unit"]
            assert unit_of[line["auditee"]] == line["unit"]
        for item in audit["checklist"]:
            assert unit_of[item["by"]] != item["unit"]


def test_audit_names_known_clauses_and_findings() -> None:
    data = load("audit.json")
    items = [item for audit in data["audits"] for item in audit["checklist"]]
    findings = {item["finding"]["key"] for item in items if "finding" in item}
    assert {item["clause"] for item in items} <= clause_numbers()
    assert {c for line in data["programme"]["lines"] for c in line["clauses"]} <= clause_numbers()
    used = {found["finding"] for found in data["nonconformities"]} - {None}
    assert used <= findings


def test_nobody_verifies_or_approves_his_own_action() -> None:
    for found in load("audit.json")["nonconformities"]:
        owners = {action["owner"] for action in found["actions"]} | {found["owner"]}
        if found["plan_approved_by"]:
            assert found["plan_approved_by"] not in owners | {found["planned_by"]}
        if found["verification"]:
            assert found["verification"]["by"] not in owners


def test_province_has_its_agencies() -> None:
    file = settings.BASE_DIR / "qms" / "agencies" / "data" / "dong_thap.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    agencies = {agency["code"]: agency for agency in data["agencies"]}
    kinds = [agency["kind"] for agency in agencies.values()]
    assert len(agencies) == len(data["agencies"])
    assert (kinds.count("commune"), kinds.count("ward")) == (82, 20)
    root = data["agencies"][0]
    confirmed = [a for a in agencies.values() if not a.get("to_be_confirmed")]
    bodies = [a for a in confirmed if a["parent"] == root["code"] and "official_code" not in a]
    assert len(bodies) == 12
    assert data["province"]["oversight_body"] in agencies
    assert all(a["parent"] in agencies for a in data["agencies"][1:])
    assert all(unicodedata.is_normalized("NFC", a["name"]) for a in agencies.values())
