"""Who holds a draft at this moment, and what is closed to everybody else meanwhile."""

from documents.lifecycles import VersionState
from documents.models import Checkout, Version
from qms.agencies.models import User

# What only the holder may do while somebody holds the draft.
HELD = ("submit", "register", "discard", "upload", "amend", "edit")


def checkout_of(version: Version) -> Checkout | None:
    """The open checkout of a draft; read once for the life of the object."""
    if version.state != VersionState.DRAFT:
        return None
    if "_open_checkout" not in version.__dict__:
        held = Checkout.objects.open().filter(version=version).select_related("holder")
        version.__dict__["_open_checkout"] = held.first()
    kept: Checkout | None = version.__dict__["_open_checkout"]
    return kept


def forget_checkout(version: Version) -> None:
    """Read it anew next time, since it was taken or ended."""
    version.__dict__.pop("_open_checkout", None)


def is_open_to(user: User, verb: str, version: Version) -> bool:
    """Whether a hold leaves room for this; what a hold is not about is always open."""
    if verb not in (*HELD, "check_out", "release", "unlock"):
        return True
    held = checkout_of(version)
    if verb == "check_out":
        return held is None
    mine = held is not None and held.holder_id == user.pk
    if verb == "release":
        return mine
    if verb == "unlock":
        return held is not None and not mine
    return held is None or mine
