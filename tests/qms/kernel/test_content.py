"""The hash that decisions are bound to: of all that was said, and always the same."""

import dataclasses
import datetime as dt
import subprocess
import sys

import pytest

from qms.kernel.content import Amendment, Content, Section, Signatory, content_hash

AMENDMENT = Amendment("Đổi luật", "Mục 5", "Sửa bước 3", "02/01", "1/3/2026")
SECTION = Section("1", "Mục đích", "<p>Một.</p>")
CONTENT = Content(
    agency_name="Sở Nội vụ", parent_name="", standard="TCVN ISO 9001:2015", kind_label="QUY TRÌNH",
    code="QT-03", title="Kiểm soát tài liệu", issue_no=1, amendment_no=0, issued_on=None,
    effective_on=None, signatories=(), amendments=(AMENDMENT,),
    sections=(SECTION, Section("2", "Phạm vi", "<p>Hai.</p>")),
)  # fmt: skip
# Sealed versions and signatures refer to it: another value means that all of them are void.
PINNED = "899adaef788ff2b8d1d2bb028bafde21c5197d76f15443edaaf6185d3c6946cd"


def with_(**changes) -> str:
    return content_hash(dataclasses.replace(CONTENT, **changes))


def test_the_hash_of_yesterday_is_the_hash_of_today():
    assert content_hash(CONTENT) == PINNED


def test_the_hash_is_the_same_in_every_process():
    """Not by the order of a set or the seed of a string's own hash."""
    said = (
        "import tests.qms.kernel.test_content as t; from qms.kernel.content import content_hash;"
        "print(content_hash(t.CONTENT))"
    )
    for seed in ("1", "2"):
        out = subprocess.run(  # noqa: S603  # our own interpreter and line
            [sys.executable, "-c", said], env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert out.stdout.strip() == PINNED


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Section)])
def test_every_word_of_a_section_counts(field):
    changed = dataclasses.replace(SECTION, **{field: getattr(SECTION, field) + " "})
    assert with_(sections=(changed, CONTENT.sections[1])) != PINNED


@pytest.mark.parametrize("field", [field.name for field in dataclasses.fields(Amendment)])
def test_every_word_of_an_amendment_counts(field):
    changed = dataclasses.replace(AMENDMENT, **{field: getattr(AMENDMENT, field) + "."})
    assert with_(amendments=(changed,)) != PINNED


def test_the_order_of_sections_counts():
    assert with_(sections=CONTENT.sections[::-1]) != PINNED


def test_a_section_more_or_less_counts_even_when_it_is_empty():
    assert with_(sections=(*CONTENT.sections, Section("", "", ""))) != PINNED
    assert with_(sections=CONTENT.sections[:1]) != PINNED


def test_words_cannot_wander_from_one_part_into_the_next():
    hashes = {
        with_(sections=(Section("1", "ab", "c"),)),
        with_(sections=(Section("1", "a", "bc"),)),
        with_(sections=(Section("1a", "b", "c"),)),
        with_(sections=(Section("1", "a", "b"), Section("", "", "c"))),
        with_(sections=(Section("1", 'a","html":"b', "c"),)),
    }
    assert len(hashes) == 5
    assert with_(code="QT-0", title="3") != with_(code="QT-03", title="")
    assert with_(issue_no=1, amendment_no=11) != with_(issue_no=11, amendment_no=1)


def test_a_letter_with_its_accent_is_not_the_letter_without():
    assert with_(title="Kiem soat tai lieu") != PINNED


def test_names_days_and_signatures_come_later_and_leave_it_alone():
    signed = (Signatory("approver", "Nguyễn Văn Dũng", "Giám đốc", dt.date(2026, 3, 1)),)
    assert (
        with_(signatories=signed, issued_on=dt.date(2026, 3, 1), agency_name="Sở khác") == PINNED
    )
