"""Mail what people were told: one letter a person, retried until it is taken, never in the way."""

import datetime as dt
import logging
import smtplib
from collections import defaultdict
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from qms.agencies.models import User
from qms.notices.models import Notice

logger = logging.getLogger(__name__)
# Who is sending holds the letter this long; a sender that died leaves it to the next round.
LEASE = dt.timedelta(minutes=2)
# Not every minute to a server that is down, and not later than this once it is back.
LONGEST_WAIT = dt.timedelta(minutes=30)
MOST = 500


def mail_owed() -> int:
    """Send what is owed and due, oldest first; the number that is owed afterwards.

    Sends nothing when no mail server is set. A letter that the server took and whose
    receipt was lost by a crash is sent again: rather twice than never.
    """
    if not settings.MAILS:
        return 0
    letters = _leased()
    if letters:
        connection = get_connection()
        try:
            for person, notices in letters.items():
                _send(connection, person, notices)
        finally:
            _close(connection)
    return Notice.objects.owed().count()


def _leased() -> dict[User, list[Notice]]:
    """What nobody else is sending, by person; taken row by row, so that two clocks share it."""
    now = timezone.now()
    free = Notice.objects.owed().filter(Q(leased_until=None) | Q(leased_until__lte=now))
    letters: dict[User, list[Notice]] = defaultdict(list)
    for notice in free.select_related("person", "agency").order_by("pk")[:MOST]:
        if free.filter(pk=notice.pk).update(leased_until=now + LEASE):
            letters[notice.person].append(notice)
    return letters


def _send(connection: BaseEmailBackend, person: User, notices: Sequence[Notice]) -> None:
    rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    try:
        _letter(connection, person, notices).send()
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("Mail to %s was not taken: %r", person.username, error)
        tries = min(notice.tries for notice in notices)
        wait = min(dt.timedelta(minutes=2**tries), LONGEST_WAIT)
        _close(connection)  # the next letter begins anew
        rows.update(
            error=repr(error)[:500], tries=F("tries") + 1, leased_until=timezone.now() + wait
        )
    else:
        rows.update(mailed_at=timezone.now(), error="", leased_until=None)


def _letter(
    connection: BaseEmailBackend, person: User, notices: Sequence[Notice]
) -> EmailMultiAlternatives:
    """In Vietnamese, as every record; one line of the subject says how much there is."""
    with translation.override("vi"):
        more = len(notices) - 1
        subject = notices[0].subject
        if more:
            subject = _("%(first)s (và %(more)d việc khác)") % {"first": subject, "more": more}
        context = {"person": person, "notices": notices, "site": settings.SITE_URL}
        letter = EmailMultiAlternatives(
            subject, render_to_string("mail/notices.txt", context), to=[person.email],
            connection=connection,
        )  # fmt: skip
        letter.attach_alternative(render_to_string("mail/notices.html", context), "text/html")
        return letter


def _close(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except (OSError, smtplib.SMTPException):
        logger.info("The mail server closed first.")
