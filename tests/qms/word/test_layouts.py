"""Documents of agencies never seen before: every field as a careful reader finds it."""

import pytest

from qms.word.reading import read
from qms.word.worker import convert
from tests.qms.word import files
from tests.qms.word.layouts import LAYOUTS


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_read_as_a_careful_reader_would(name):
    data, truth = LAYOUTS[name]()
    found = convert(data)
    sections = found["sections"]
    shown = found | {
        "numbers": [s["number"] for s in sections if s["number"]],
        "headings": [s["title"] for s in sections if s["title"] != "Phần đầu"],
        "duties": [role["duty"] for role in found["roles"]],
        "names": [role["name"] for role in found["roles"]],
        "positions": [role["position"] for role in found["roles"]],
        "unsure": set(found["unsure"]),
        "says": truth.get("says", "") if truth.get("says", "") in found["text"] else "not said",
    }
    wanted = {"unsure": set(), "says": ""} | truth
    assert {field: shown[field] for field in wanted} == wanted


def test_the_reader_hands_on_what_is_unsure_with_the_way_it_was_found():
    reading = read(LAYOUTS["code_only_in_the_page_header"]()[0], name="a.docx")
    assert reading.unsure == {"code": "header", "issue_no": "header", "issued_on": "header"}


def test_a_cover_and_a_header_that_name_two_codes_are_asked_about():
    reading = read(files.procedure(footer="Mã hiệu: QT 99/VP"), name="a.docx")
    assert (reading.code, reading.unsure) == ("QT 07/VP", {"code": "contradicts"})
