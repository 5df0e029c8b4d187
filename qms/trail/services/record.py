"""Write a fact down, in the transaction of the change, as the next link of the chain."""

import json

from django.db import connection, models
from django.db.models import F
from django.utils import timezone

from qms.agencies.models import Agency, User
from qms.trail.models import Chain, Event
from qms.trail.services.outbox import owe


def record(
    by: User,
    name: str,
    subject: models.Model,
    /,
    *,
    agency: Agency,
    reason: str = "",
    **facts: object,
) -> Event:
    """Append one fact to the agency's chain, inside the caller's transaction.

    The chain's row is locked until that transaction ends, so links never fork. Reactions
    run after the commit: a fact that was rolled back is never indexed or mailed.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() must run in the transaction of the change it records.")
    sequence, head = _next_link(agency)
    event = Event(
        agency=agency,
        sequence=sequence,
        name=name,
        by=by,
        by_name=str(by),
        by_position=by.standing.position_at(agency.pk),
        at=timezone.now(),
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        subject_label=str(subject)[:300],
        reason=reason,
        # As they will be read back, or number keys would hash in another order then.
        facts=json.loads(json.dumps(facts)),
        prev_hash=head,
    )
    event.hash = event.computed_hash()
    event.save()
    Chain.objects.filter(pk=agency.pk).update(head=event.hash)
    owe(event)
    return event


def _next_link(agency: Agency) -> tuple[int, str]:
    """Lock the chain's row by counting it up; the new number and the hash before it."""
    if not Chain.objects.filter(pk=agency.pk).update(length=F("length") + 1):
        Chain.objects.bulk_create([Chain(agency=agency)], ignore_conflicts=True)
        Chain.objects.filter(pk=agency.pk).update(length=F("length") + 1)
    chain = Chain.objects.get(pk=agency.pk)
    return chain.length, chain.head
