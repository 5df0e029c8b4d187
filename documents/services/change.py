"""Which changes a reader has looked at; his own note, so that he can stop and go on later."""

from django.utils.translation import gettext as _

from documents.models import SeenChange, Version
from qms.agencies.models import User
from qms.kernel.refusals import Unacceptable


def mark(version: Version, *, by: User, key: str, seen: bool) -> None:
    """Remember, or forget, that `by` has looked at the change; safe to repeat."""
    if len(key) != 40 or not set(key) <= set("0123456789abcdef"):
        raise Unacceptable(_("Thay đổi này không còn trong bản so sánh. Tải lại trang."))
    if seen:
        SeenChange.objects.bulk_create(
            [SeenChange(person=by, version=version, key=key)], ignore_conflicts=True
        )
    else:
        SeenChange.objects.filter(person=by, version=version, key=key).delete()


def seen_by(user: User, version: Version) -> set[str]:
    """The keys of the changes he has looked at."""
    return set(
        SeenChange.objects.filter(person=user, version=version).values_list("key", flat=True)
    )
