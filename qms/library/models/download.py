"""Every time a template was taken away as a file."""

from django.conf import settings
from django.db import models

from documents.models import Version
from qms.agencies.models import Agency


class Download(models.Model):
    """One download of one version. A visitor leaves neither name nor address."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="downloads")
    form = models.CharField(max_length=4)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True, blank=True
    )
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.version} · {self.form}"
