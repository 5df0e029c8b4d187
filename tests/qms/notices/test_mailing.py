"""Mail by a real server: one letter a person, kept while the server is down, sent once after."""

import datetime as dt
import email
import socket
from email import policy

import pytest
from aiosmtpd.controller import Controller
from django.utils import timezone

from qms.agencies.models import User
from qms.notices.models import Notice
from qms.notices.services import mail_owed, notify
from tests.factories import hire

pytestmark = pytest.mark.django_db


class Inbox:
    """What the server took; `refuses` makes it answer with an error, `dies` hang up."""

    def __init__(self):
        self.letters, self.refuses, self.dies = [], False, False

    async def handle_DATA(self, server, _session, envelope):  # noqa: N802  # the server's name
        if self.dies:
            server.transport.abort()
            return ""
        if self.refuses:
            return "451 Try again later"
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def server(settings):
    inbox = Inbox()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILS, settings.EMAIL_HOST = True, "127.0.0.1"
    settings.EMAIL_PORT = port
    inbox.stop = controller.stop
    yield inbox
    if controller.server is not None:
        controller.stop()


@pytest.fixture
def an(agency):
    user = hire(agency, "an", "reader", full_name="Trần Văn An")
    User.objects.filter(pk=user.pk).update(email="an@example.vn")
    return User.objects.get(pk=user.pk)


def tell(agency, *people, key="k", subject="Đến lượt bạn soát xét: QT-03"):
    notify(people, agency=agency, key=key, subject=subject, address="/documents/versions/1/")


def later():
    Notice.objects.update(leased_until=timezone.now() - dt.timedelta(seconds=1))


def test_one_letter_holds_all_of_a_person(server, agency, an):
    tell(agency, an, key="a")
    tell(agency, an, key="b", subject="Quá hạn: QT-04")
    assert mail_owed() == 0

    [letter] = server.letters
    assert letter["To"] == "an@example.vn"
    assert letter["Subject"].strip() == "Đến lượt bạn soát xét: QT-03 (và 1 việc khác)"
    text = letter.get_body(("plain",)).get_content()
    assert "Quá hạn: QT-04" in text
    assert "http://127.0.0.1:8000/documents/versions/1/" in text
    assert mail_owed() == 0
    assert len(server.letters) == 1


def test_the_same_occasion_is_told_once(server, agency, an):
    tell(agency, an)
    tell(agency, an, subject="Khác")

    assert Notice.objects.get().subject == "Đến lượt bạn soát xét: QT-03"


def test_a_letter_the_server_refused_is_sent_once_it_takes_it(server, agency, an):
    tell(agency, an)
    server.refuses = True
    assert mail_owed() == 1
    assert "451" in Notice.objects.get().error
    server.refuses = False
    assert mail_owed() == 1, "not at once again"
    later()
    assert mail_owed() == 0
    assert len(server.letters) == 1


def test_a_server_that_dies_in_the_middle_of_a_letter_loses_none_and_doubles_none(
    server, agency, an
):
    other = hire(agency, "binh", "reader")
    User.objects.filter(pk=other.pk).update(email="binh@example.vn")
    tell(agency, an, User.objects.get(pk=other.pk))
    server.dies = True

    assert mail_owed() == 2
    assert all(notice.error and notice.tries == 1 for notice in Notice.objects.all())
    server.dies = False
    later()
    assert mail_owed() == 0
    assert sorted(letter["To"] for letter in server.letters) == [
        "an@example.vn",
        "binh@example.vn",
    ]
    assert mail_owed() == 0
    assert len(server.letters) == 2


def test_a_server_that_is_down_stops_nobody(server, agency, an):
    server.stop()
    tell(agency, an)

    assert mail_owed() == 1
    assert Notice.objects.get().tries == 1


def test_nobody_gets_what_another_was_told(server, agency, an):
    other = hire(agency, "binh", "reader")
    User.objects.filter(pk=other.pk).update(email="binh@example.vn")
    tell(agency, an, key="a", subject="Chỉ An được biết")
    tell(agency, User.objects.get(pk=other.pk), key="b", subject="Chỉ Bình được biết")
    mail_owed()

    said = {letter["To"]: str(letter) for letter in server.letters}
    assert set(said) == {"an@example.vn", "binh@example.vn"}
    assert all(
        letter["Subject"].count("An") + letter["Subject"].count("Bình") == 1
        for letter in server.letters
    )


def test_who_left_or_has_no_address_gets_none(server, agency, an):
    tell(agency, an, hire(agency, "khong", "reader"))
    User.objects.filter(pk=an.pk).update(is_active=False)

    assert mail_owed() == 0
    assert server.letters == []


def test_a_subject_cannot_smuggle_a_header(server, agency, an):
    tell(agency, an, subject="QT-03\r\nBcc: la@example.vn")
    mail_owed()

    [letter] = server.letters
    assert letter["Bcc"] is None


def test_without_a_mail_server_nothing_is_sent_and_nothing_lost(settings, agency, an):
    settings.MAILS = False
    tell(agency, an)

    assert mail_owed() == 0
    assert Notice.objects.owed().count() == 1
