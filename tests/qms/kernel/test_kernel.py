"""The lowest floor: moves, numbers, text in one form, and the hash decisions are bound to."""

import dataclasses
import datetime as dt
import threading
import unicodedata

import pytest
from django.db import connection, transaction

from audits.lifecycles import AUDIT_LIFECYCLE
from qms.kernel.content import Amendment, Content, Section, Signatory, content_hash
from qms.kernel.lifecycle import Lifecycle, step
from qms.kernel.numbering import next_number
from qms.kernel.refusals import IllegalMove
from qms.kernel.text import code_key, fold, nfc, one_line

LIFE = Lifecycle("door", step("open", "opened", ["shut"], "open"),
                 step("shut", "shut", ["open"], "shut"))  # fmt: skip


def test_a_lifecycle_knows_its_steps_and_refuses_all_others():
    assert LIFE.verbs_from("shut") == ["open"]
    assert LIFE.event("open") == "door.opened"
    assert LIFE.step("open", "shut").target == "open"
    with pytest.raises(IllegalMove):
        LIFE.step("open", "open")


@pytest.mark.django_db
def test_numbers_count_up_and_come_back_when_the_act_is_rolled_back():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        assert next_number("a") == 1
        raise ZeroDivisionError
    with transaction.atomic():
        assert [next_number("a"), next_number("a"), next_number("b")] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gap_and_no_double_at_once():
    with pytest.raises(RuntimeError):
        next_number("a")
    taken: list[int] = []

    def one():
        for _ in range(5):
            with transaction.atomic():
                taken.append(next_number("a"))
        connection.close()

    threads = [threading.Thread(target=one) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 31))


def test_text_is_brought_into_one_form():
    decomposed = unicodedata.normalize("NFD", "Đồng Tháp")
    assert nfc(decomposed + "\u200b\x07") == "Đồng Tháp"
    assert one_line(" a\n\t b ") == "a b"
    assert fold("ĐỒNG  Tháp") == fold(decomposed) == "dong thap"
    assert code_key("QT 07 / VP") == code_key("qt07/vp") == "qt07/vp"


CONTENT = Content(
    agency_name="Sở", parent_name="", standard="TCVN ISO 9001:2015", kind_label="QUY TRÌNH",
    code="QT-1", title="T", issue_no=1, amendment_no=0, issued_on=None, effective_on=None,
    signatories=(), amendments=(Amendment("a", "b", "c", "01", "1/1"),),
    sections=(Section("1", "Mục đích", "<p>x</p>"),),
)  # fmt: skip
DECIDED = {
    "code": "QT-2", "title": "U", "issue_no": 2, "amendment_no": 1, "amendments": (),
    "sections": (Section("1", "Mục đích", "<p>x </p>"),),
}  # fmt: skip
COMES_LATER = {
    "agency_name": "Sở khác", "parent_name": "x", "issued_on": dt.date(2026, 1, 1),
    "effective_on": dt.date(2026, 1, 1), "signatories": (Signatory("author", "A", "B"),),
}  # fmt: skip


@pytest.mark.parametrize("field", DECIDED)
def test_the_hash_changes_with_everything_people_decide_about(field):
    changed = dataclasses.replace(CONTENT, **{field: DECIDED[field]})
    assert content_hash(changed) != content_hash(CONTENT)


@pytest.mark.parametrize("field", COMES_LATER)
def test_the_hash_stays_with_what_the_decisions_themselves_bring(field):
    changed = dataclasses.replace(CONTENT, **{field: COMES_LATER[field]})
    assert content_hash(changed) == content_hash(CONTENT)


def test_the_steps_of_an_audit_lead_one_way():
    assert [s.target for s in AUDIT_LIFECYCLE.steps.values()] == [
        "in_progress",
        "reported",
        "closed",
    ]
