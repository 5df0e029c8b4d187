"""Tell somebody something, once, in the caller's transaction."""

from collections.abc import Iterable

from qms.agencies.models import Agency, User
from qms.kernel.text import one_line
from qms.notices.models import Notice


def notify(
    people: Iterable[User], *, agency: Agency, key: str, subject: str, address: str, body: str = ""
) -> None:
    """Leave each of `people` one notice; who was told under this `key` is not told again.

    Safe to call any number of times. The clock (`run_due`) mails what is owed; a mail
    server that is down never stops the caller. `address` is a path of this site.
    """
    Notice.objects.bulk_create(
        (
            Notice(
                person=person, agency=agency, key=key, subject=one_line(subject)[:200],
                address=address, body=body,
            )
            for person in people
            if not person.is_clock
        ),
        ignore_conflicts=True,
    )  # fmt: skip
