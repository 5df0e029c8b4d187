"""Numbers without gaps and without doubles, whoever asks at the same moment."""

from django.db import connection
from django.db.models import F

from qms.kernel.models import Counter


def next_number(series: str) -> int:
    """The next number of `series`, from 1.

    Taken inside the caller's transaction: the row stays locked until that ends, so a
    number is given once, and a rolled-back act gives it back. Refuses to run outside one.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("A number is taken in the transaction of the act it numbers.")
    Counter.objects.bulk_create([Counter(series=series)], ignore_conflicts=True)
    Counter.objects.filter(series=series).update(last=F("last") + 1)
    return Counter.objects.values_list("last", flat=True).get(series=series)
