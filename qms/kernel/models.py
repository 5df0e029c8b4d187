"""The counters behind every number the system gives."""

from django.db import models


class Counter(models.Model):
    """The last number given in one series, such as one agency's nonconformities of a year."""

    series = models.CharField(max_length=120, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}: {self.last}"
