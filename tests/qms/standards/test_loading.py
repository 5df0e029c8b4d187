"""Loading is repeatable, and a published edition is never edited in place."""

import unicodedata
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from qms.standards.loading import Loaded, PublishedEdition, load_standards
from qms.standards.models import Clause, ClauseMap, Question, StandardEdition


def test_loading_twice_changes_nothing(iso_2015: StandardEdition) -> None:
    assert load_standards() == Loaded()


def test_a_renamed_clause_is_refused_and_named(iso_2015: StandardEdition) -> None:
    Clause.objects.filter(edition=iso_2015, number="7.5").update(title_vi="Tài liệu")
    with pytest.raises(PublishedEdition, match=r"ở: 7\.5\."):
        load_standards()


def test_a_clause_too_many_is_refused(iso_2015: StandardEdition) -> None:
    Clause.objects.create(edition=iso_2015, number="11", title_vi="Mới", title_en="New", order=900)
    with pytest.raises(PublishedEdition, match="ở: 11"):
        load_standards()


def test_a_changed_map_is_refused(iso_2015: StandardEdition) -> None:
    ClauseMap.objects.filter(source__number="10.3").update(note="khác")
    with pytest.raises(PublishedEdition, match=r"10\.3 → 10\.1"):
        load_standards()


def test_a_question_takes_its_better_wording(iso_2015: StandardEdition) -> None:
    question = Question.objects.filter(clause__edition=iso_2015).earliest("pk")
    better = question.text_vi
    Question.objects.filter(pk=question.pk).update(text_vi="Lời cũ?")
    assert load_standards() == Loaded(questions=1)
    question.refresh_from_db()
    assert question.text_vi == better


def test_the_house_keeps_its_choice_of_default_edition(iso_2026: StandardEdition) -> None:
    StandardEdition.objects.update(is_default=False)
    StandardEdition.objects.filter(pk=iso_2026.pk).update(is_default=True)
    load_standards()
    assert StandardEdition.default() == iso_2026


def test_the_command_says_what_it_did(db: None) -> None:
    out = StringIO()
    call_command("load_standards", stdout=out)
    assert "2 ấn bản, 188 điều" in out.getvalue()


def test_the_command_ends_with_the_refusal(iso_2015: StandardEdition) -> None:
    Clause.objects.filter(edition=iso_2015, number="4").update(title_en="Other")
    with pytest.raises(CommandError, match="không được sửa tại chỗ"):
        call_command("load_standards")


def test_every_auditable_group_has_questions_with_hints(iso_2015: StandardEdition) -> None:
    questions = Question.objects.filter(clause__edition=iso_2015)
    asked = {number.split(".")[0] for number in questions.values_list("clause__number", flat=True)}
    assert asked == {"4", "5", "6", "7", "8", "9", "10"}
    assert questions.count() >= 60
    assert not questions.filter(hint_vi="").exists()


def test_every_title_and_question_is_nfc(iso_2015: StandardEdition) -> None:
    words = [
        *Clause.objects.values_list("title_vi", flat=True),
        *Question.objects.values_list("text_vi", flat=True),
    ]
    assert all(unicodedata.is_normalized("NFC", text) for text in words)
