"""Named exceptions: this person (or group) may do this with this one document.

guardian's tables with real foreign keys, so the database keeps them whole and indexed.
"""

from typing import ClassVar

from django.db import models
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from documents.models.document import Document


class DocumentUserGrant(UserObjectPermissionBase):
    """That one person may see one document although no role of his says so."""

    enabled: ClassVar[bool] = True
    content_object = models.ForeignKey(Document, models.PROTECT)


class DocumentGroupGrant(GroupObjectPermissionBase):
    """That the members of one group may see one document."""

    enabled: ClassVar[bool] = True
    content_object = models.ForeignKey(Document, models.PROTECT)
