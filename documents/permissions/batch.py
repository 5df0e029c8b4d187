"""Who may see a batch of imported files, and go on with it; asked through `documents.permissions`."""

from django.db.models import Q

from documents.models import Batch, BatchQuerySet
from documents.permissions.people import WRITING, Rule
from qms.agencies.models import Role, User


def may_resume(user: User, batch: Batch) -> bool:
    """Whoever handed it in, as long as he writes for the agency: its files come in in his name."""
    return batch.by_id == user.pk and user.standing.has(batch.agency_id, *WRITING)


def visible_batches(user: User) -> BatchQuerySet:
    """One's own, and for the quality office those of its agency: file names tell a lot."""
    standing = user.standing
    own = Q(by=user, agency__in=standing.agencies)
    return Batch.objects.filter(own | Q(agency__in=standing.agencies_with(Role.QUALITY)))


RULES: dict[str, Rule] = {"resume": may_resume}
