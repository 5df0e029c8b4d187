"""Take back what people were told about something that they may no longer see."""

from collections.abc import Callable, Collection

from qms.agencies.models import User
from qms.notices.models import Notice


def take_back(addresses: Collection[str], *, unless: Callable[[User], bool]) -> int:
    """Remove the notices that lead to one of `addresses`, but for people of whom `unless` holds.

    A notice is a convenience, not evidence: once its title must not be known, neither the list
    under the bell nor a mail not yet sent may say it. The number removed.
    """
    told = Notice.objects.filter(address__in=addresses).select_related("person")
    gone = [notice.pk for notice in told if not unless(notice.person)]
    Notice.objects.filter(pk__in=gone).delete()
    return len(gone)
