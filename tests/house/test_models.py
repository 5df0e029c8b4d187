"""Evidence is never deleted along with something else, and text that is listed is ordered."""

from django.apps import apps
from django.db import models

# Grants and memories of a session end with whom or what they are about; they prove nothing.
MAY_CASCADE = {
    "documents.DocumentUserGrant", "documents.DocumentGroupGrant", "auth.Permission",
    "admin.LogEntry", "guardian.UserObjectPermission", "guardian.GroupObjectPermission",
}  # fmt: skip
OURS = ("qms", "documents", "audits")


def _ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.split(".")[0] in OURS]


def test_nothing_of_ours_cascades():
    told = [
        f"{model._meta.label}.{field.name}"
        for model in _ours()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is not models.PROTECT
        and model._meta.label not in MAY_CASCADE
    ]
    assert told == []


def test_every_model_says_what_it_is():
    silent = [
        m._meta.label for m in _ours() if not m.__doc__ or m.__doc__.startswith(m.__name__ + "(")
    ]
    assert silent == []
