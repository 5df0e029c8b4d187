"""Reactions to events: after the commit, recorded, retried, and safe to run twice."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from qms.trail.models import Delivery, Event

logger = logging.getLogger(__name__)

Reaction = Callable[[Event], None]
Reactions = Mapping[str, Sequence[Reaction]]

# A worker that died holds its delivery this long before another may take it.
LEASE = dt.timedelta(minutes=2)

_reactions: dict[str, list[Reaction]] = {}


def subscribe(table: Reactions) -> None:
    """Add an app's reaction table; called once per app, from `AppConfig.ready`."""
    for name, reactions in table.items():
        _reactions.setdefault(name, []).extend(reactions)


def owe(event: Event) -> None:
    """Write one delivery per reaction to `event`, in the transaction of the event."""
    reactions = _reactions.get(event.name, [])
    if not reactions:
        return
    Delivery.objects.bulk_create(
        Delivery(event=event, reaction=address(reaction)) for reaction in reactions
    )
    transaction.on_commit(lambda: deliver(event))


def deliver(event: Event) -> None:
    """Run each reaction still owed to `event`; a failure is kept, not raised."""
    by_address = {address(reaction): reaction for reaction in _reactions.get(event.name, [])}
    for delivery in event.deliveries.owed():
        reaction = by_address.get(delivery.reaction)
        if reaction is None:
            _fail(delivery, f"No reaction answers to {delivery.reaction}.")
        elif _lease(delivery):
            _run(reaction, event, delivery)


def deliver_owed() -> int:
    """Run everything still owed, oldest first; the number that is owed afterwards."""
    now = timezone.now()
    waiting = Event.objects.filter(
        deliveries__done_at=None, deliveries__leased_until__lte=now
    ).distinct()
    for event in waiting.iterator():
        deliver(event)
    return Delivery.objects.owed().count()


def address(reaction: Reaction) -> str:
    return f"{reaction.__module__}.{reaction.__name__}"


def _lease(delivery: Delivery) -> bool:
    """Take the delivery for this worker; False when another one holds it."""
    now = timezone.now()
    free = Delivery.objects.owed().filter(pk=delivery.pk, leased_until__lte=now)
    return bool(free.update(leased_until=now + LEASE, tries=F("tries") + 1))


def _run(reaction: Reaction, event: Event, delivery: Delivery) -> None:
    try:
        with transaction.atomic():
            reaction(event)
    except Exception as error:
        logger.exception("%s failed for %s", delivery.reaction, event)
        _fail(delivery, repr(error))
    else:
        Delivery.objects.filter(pk=delivery.pk).update(done_at=timezone.now(), error="")


def _fail(delivery: Delivery, error: str) -> None:
    """Keep the reason and give the delivery back for the next round."""
    Delivery.objects.filter(pk=delivery.pk).update(error=error, leased_until=timezone.now())
