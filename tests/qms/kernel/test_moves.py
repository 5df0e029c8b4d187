"""A state changes by one legal step, once, whoever else reaches for it at the same moment."""

import threading

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from audits.lifecycles import PROGRAMME_LIFECYCLE, ProgrammeState
from audits.models import Programme
from qms.agencies.models import Role, User
from qms.kernel.lifecycle import Lifecycle, step
from qms.kernel.moves import move
from qms.kernel.refusals import IllegalMove, Stale
from tests.factories import hire

pytestmark = pytest.mark.django_db

STATES = ("draft", "checked", "kept", "gone")
LIFE = Lifecycle(
    "paper",
    step("check", "checked", ["draft"], "checked"),
    step("return", "returned", ["checked"], "draft"),
    step("keep", "kept", ["checked"], "kept"),
    step("drop", "dropped", ["draft", "checked"], "gone"),
)
LEGAL = {
    ("check", "draft"): "checked",
    ("return", "checked"): "draft",
    ("keep", "checked"): "kept",
    ("drop", "draft"): "gone",
    ("drop", "checked"): "gone",
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", LIFE.steps)
def test_a_step_is_legal_where_the_table_says_so_and_nowhere_else(verb, state):
    if (verb, state) in LEGAL:
        assert LIFE.step(verb, state).target == LEGAL[verb, state]
        assert verb in LIFE.verbs_from(state)
    else:
        assert verb not in LIFE.verbs_from(state)
        with pytest.raises(IllegalMove, match=r"Tải lại trang"):
            LIFE.step(verb, state)


def test_a_verb_the_lifecycle_does_not_know_is_a_bug_and_no_refusal():
    with pytest.raises(KeyError):
        LIFE.step("burn", "draft")


@pytest.fixture
def programme(agency):
    author = hire(agency, "lap", Role.QUALITY)
    return Programme.objects.create(
        agency=agency, year=2026, objectives="x", criteria="x", scope="x", method="on_site",
        created_by=author,
    )  # fmt: skip


@pytest.fixture
def head(agency):
    return hire(agency, "duyet", Role.APPROVER)


def approve(programme, by):
    return move(
        programme, "approve", PROGRAMME_LIFECYCLE, approved_by=by, approved_at=timezone.now()
    )


def test_a_move_writes_the_state_and_what_belongs_to_it_together(programme, head):
    with CaptureQueriesContext(connection) as asked:
        taken = approve(programme, head)

    assert sum(query["sql"].startswith("UPDATE") for query in asked) == 1
    stored = Programme.objects.get()
    assert (taken.past, stored.state) == ("approved", ProgrammeState.APPROVED)
    assert stored.approved_by == head
    assert (programme.state, programme.approved_by) == (stored.state, head)


def test_an_illegal_move_touches_nothing(programme, head):
    approve(programme, head)
    before = Programme.objects.values().get()

    with pytest.raises(IllegalMove):
        approve(programme, head)
    assert Programme.objects.values().get() == before


def test_a_move_from_an_old_page_is_too_late_and_changes_nothing(programme, head, agency):
    old_page = Programme.objects.get()
    approve(programme, head)
    before = Programme.objects.values().get()

    with pytest.raises(Stale, match="Người khác vừa xử lý"):
        approve(old_page, hire(agency, "khac", Role.APPROVER))
    assert Programme.objects.values().get() == before


def test_a_move_of_something_that_is_gone_is_too_late(programme, head):
    Programme.objects.filter(pk=programme.pk).delete()

    with pytest.raises(Stale):
        approve(programme, head)


def test_a_move_is_undone_with_the_act_it_belongs_to(programme, head):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        approve(programme, head)
        raise ZeroDivisionError

    assert Programme.objects.get().state == ProgrammeState.DRAFT


@pytest.mark.django_db(transaction=True)
def test_of_eight_moves_at_once_one_is_made(programme, head):
    outcomes = []
    start = threading.Barrier(8)

    def one():
        mine, me = Programme.objects.get(), User.objects.get(username="duyet")
        start.wait(10)
        try:
            with transaction.atomic():
                approve(mine, me)
            outcomes.append("made")
        except Stale:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["late"] * 7 + ["made"]
