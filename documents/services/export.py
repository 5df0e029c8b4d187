"""Writing down that a register left the house: who took it, of which day, how many rows."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.db import transaction

from documents.models import Version
from qms.agencies.models import Agency, User
from qms.trail.services import record


@transaction.atomic
def export(versions: Iterable[Version], *, by: User, day: dt.date) -> int:
    """Record, for each agency, that its documents in force on `day` are taken away as files.

    Whoever sees them may take them; the number of all.
    """
    counts: Counter[int] = Counter(version.document.agency_id for version in versions)
    for agency in Agency.objects.filter(pk__in=counts):
        record(
            by, "register.exported", agency, agency=agency, on=str(day), files=counts[agency.pk]
        )
    return counts.total()
