"""Pictures of a draft while it is edited: added, shown at their address, kept as `asset:`."""

import re

from django.db import transaction
from django.urls import reverse

from documents import permissions
from documents.models import Version, VersionAsset
from documents.services import checkout as checkouts
from qms.agencies.models import User
from qms.trail.services import record
from qms.vault import services as vault
from qms.vault.models import Blob
from qms.word.added_pictures import kind_of

_ASSET = re.compile(r"asset:([0-9a-f]{64})")
_ADDRESS = re.compile(r"""(?<=src=["'])[^"']*/pictures/([0-9a-f]{64})/(?=["'])""")
_PICTURE = re.compile(r"<img\b[^>]*>")


@transaction.atomic
def add(version: Version, *, by: User, data: bytes, name: str) -> str:
    """Keep a picture for a draft; its SHA-256. Added twice, it is there once.

    Refuses what is no picture, and a draft that somebody else holds. The text of the draft
    is not changed: that is a save of its own.
    """
    permissions.require(by, "edit", version)
    checkouts.require_free(version, by=by)
    blob = vault.keep(data, media_type=kind_of(data), name=name)
    _asset, is_new = VersionAsset.objects.get_or_create(version=version, blob=blob)
    if is_new:
        agency = version.document.agency
        record(by, "version.picture_added", version, agency=agency, sha256=blob.sha256, name=name)
    return blob.sha256


def shown(version: Version, html: str) -> str:
    """`html` with pictures at the address where an editor finds them."""
    address = reverse("documents:file-picture", args=[version.pk, "0" * 64])
    return _ASSET.sub(lambda found: address.replace("0" * 64, found[1]), html)


def unshown(html: str) -> str:
    """The other way round: addresses of pictures, of whatever version, as `asset:`."""
    return _ADDRESS.sub(lambda found: f"asset:{found[1]}", html)


def settle(version: Version, html: str, *, by: User) -> str:
    """Give the draft the pictures its text shows: its own, and those of texts that `by` sees.

    Others are taken out of the text, so that nobody reaches a picture by guessing its hash.
    """
    wanted = set(_ASSET.findall(html))
    own = set(
        version.assets.filter(blob__sha256__in=wanted).values_list("blob__sha256", flat=True)
    )
    seen = VersionAsset.objects.filter(version__in=permissions.visible_versions(by))
    elsewhere = seen.filter(blob__sha256__in=wanted - own).values("blob")
    borrowed = list(Blob.objects.filter(pk__in=elsewhere))
    VersionAsset.objects.bulk_create(VersionAsset(version=version, blob=b) for b in borrowed)
    known = own | {blob.sha256 for blob in borrowed}

    def kept(tag: re.Match[str]) -> str:
        return tag[0] if known & set(_ASSET.findall(tag[0])) else ""

    return _PICTURE.sub(kept, html)
