"""Coming in, going out, language and theme."""

import pytest
from django.urls import reverse

from qms.agencies.models import Role, User
from tests.factories import hire

pytestmark = pytest.mark.django_db
PASSWORD = "sen hồng Đồng Tháp"


@pytest.fixture
def khoa(agency):
    user = hire(agency, "khoa", Role.APPROVER, full_name="Trần Minh Khoa")
    user.set_password(PASSWORD)
    user.save()
    return user


def log_in(client, **said):
    return client.post(
        reverse("web:session-log-in"), {"username": "khoa", "password": PASSWORD} | said
    )


def test_log_in_leads_to_the_inbox(client, khoa):
    response = log_in(client)
    assert response.status_code == 302
    assert response.url == reverse("home:inbox-show")


def test_log_in_leads_back_to_where_one_wanted_to_be(client, khoa):
    assert log_in(client, next="/documents/").url == "/documents/"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", r"\\evil.example"]
)
def test_log_in_leads_nowhere_else(client, khoa, wanted):
    assert log_in(client, next=wanted).url == reverse("home:inbox-show")


def test_wrong_password_and_unknown_name_get_the_same_answer(client, khoa):
    answers = [log_in(client, password="sai"), log_in(client, username="ai đó")]
    said = [list(answer.context["form"].non_field_errors()) for answer in answers]
    assert said[0] == said[1]
    assert [answer.status_code for answer in answers] == [422, 422]


def test_inactive_person_cannot_come_in(client, khoa):
    User.objects.filter(pk=khoa.pk).update(is_active=False)
    assert log_in(client).status_code == 422


def test_clock_cannot_come_in(client):
    User.clock()
    assert log_in(client, username="clock", password="").status_code == 422


def test_password_is_not_in_the_page_that_refuses_it(client, khoa):
    assert "sai mật khẩu" not in log_in(client, password="sai mật khẩu").text


def test_log_out_forgets_the_session_and_needs_a_post(client, khoa):
    client.force_login(khoa)
    assert client.get(reverse("web:session-log-out")).status_code == 405
    response = client.post(reverse("web:session-log-out"))
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session


def test_language_is_kept_with_the_account_and_with_the_machine(client, khoa):
    client.force_login(khoa)
    response = client.post(
        reverse("web:session-set-language"), {"language": "en", "next": "/documents/"}
    )
    assert response.url == "/documents/"
    assert User.objects.get(pk=khoa.pk).language == "en"
    client.logout()
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in client.get(reverse("web:session-log-in")).text


def test_theme_is_kept(client, khoa):
    client.force_login(khoa)
    client.post(reverse("web:session-set-theme"), {"theme": "dark"})
    assert User.objects.get(pk=khoa.pk).theme == "dark"


def test_stranger_keeps_a_theme_too(client):
    client.post(reverse("web:session-set-theme"), {"theme": "dark"})
    assert 'data-theme="dark"' in client.get(reverse("web:session-log-in")).text


@pytest.mark.parametrize(
    ("address", "said"),
    [("session-set-language", {"language": "fr"}), ("session-set-theme", {"theme": "pink"})],
)
def test_choice_outside_the_list_changes_nothing(client, khoa, address, said):
    client.force_login(khoa)
    assert client.post(reverse(f"web:{address}"), said).status_code == 302
    khoa.refresh_from_db()
    assert (khoa.language, khoa.theme) == ("vi", "light")
