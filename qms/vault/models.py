"""The register of kept files: what each is, and the hash it is found by."""

from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """One file, kept once however often it is handed in, named by its SHA-256 (hex).

    `name` is what the first person to hand it in called it; it is shown, never used as a path.
    """

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="vault_named_by_its_hash"
            ),
        ]

    def __str__(self) -> str:
        return self.name
