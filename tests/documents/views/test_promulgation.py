"""The pages of decisions: what a clerk types, what comes back when it is not right."""

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import Promulgation

pytestmark = pytest.mark.django_db
NEW = "documents:promulgation-create"


@pytest.fixture
def typed(in_force, client, cast):
    """What the form of a new decision holds, with the open ground filled in."""
    client.force_login(cast["quality"])
    form = client.get(reverse(NEW)).context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    said["grounds"] = said["grounds"].replace("số … ngày …", "số 12/QĐ-UBND ngày 01/7/2025")
    return said


def test_from_a_new_decision_to_its_number_on_the_documents_page(typed, in_force, client, cast):
    made = client.post(reverse(NEW), typed, follow=True)
    assert "Chờ số của Văn thư" in made.content.decode()
    promulgation = Promulgation.objects.get()

    day = timezone.localdate()
    number = reverse("documents:promulgation-number", args=[promulgation.pk])
    done = client.post(number, {"number": 12, "dated_on": f"{day:%d/%m/%Y}"}, follow=True)
    assert "12/QĐ-SNV" in done.content.decode()

    client.force_login(cast["reader"])
    page = client.get(in_force.get_absolute_url()).content.decode()
    assert f"Quyết định số 12/QĐ-SNV ngày {day:%d/%m/%Y}" in page
    for kind in ("pdf", "docx"):
        file = client.get(reverse(f"documents:promulgation-{kind}", args=[promulgation.pk]))
        assert file.status_code == 200
        assert "12-Q%C4%90-SNV" in file["Content-Disposition"]


def test_an_open_ground_is_refused_with_what_to_do(typed, client):
    typed["grounds"] = "Căn cứ Quyết định số … ngày …"
    answer = client.post(reverse(NEW), typed)
    assert answer.status_code == 422
    assert "Điền số và ngày của văn bản" in answer.content.decode()


@pytest.mark.parametrize(("name", "value", "told"), [
    ("symbol", "12/QĐ SNV", "ký hiệu như QĐ-SNV"), ("versions", [], "ít nhất một tài liệu"),
    ("versions", ["9" * 30], ""), ("signing_capacity", "xx", ""), ("grounds", "", ""),
    ("subject", "x" * 10_000, ""), ("signer_name", "", ""),
])  # fmt: skip
def test_bad_input_is_told_and_kept_nowhere(typed, client, name, value, told):
    answer = client.post(reverse(NEW), typed | {name: value})
    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Promulgation.objects.exists()


@pytest.mark.parametrize("data", [
    {}, {"number": 0, "dated_on": "01/01/2026"}, {"number": "x", "dated_on": "01/01/2026"},
    {"number": 1, "dated_on": "31/02/2026"}, {"number": 1, "dated_on": "01/01/2099"},
    {"number": 10**12, "dated_on": "01/01/2026"},
])  # fmt: skip
def test_a_number_that_is_none_is_refused(typed, client, data):
    client.post(reverse(NEW), typed)
    promulgation = Promulgation.objects.get()
    answer = client.post(reverse("documents:promulgation-number", args=[promulgation.pk]), data)
    assert answer.status_code == 422
    promulgation.refresh_from_db()
    assert promulgation.number is None


@pytest.mark.parametrize("asked", ["x", "9" * 40, "-1", "٣"])
def test_an_odd_agency_in_the_address_is_one_of_ones_own(typed, client, asked):
    assert client.get(reverse(NEW), {"agency": asked}).status_code == 200


def test_nothing_is_chosen_when_asked_so(typed, client):
    page = client.get(reverse(NEW), {"chosen": "none"}).content.decode()
    assert "checked" not in page
