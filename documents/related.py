"""What a document names and where it is named itself, as far as the reader may know of it."""

import datetime as dt
from dataclasses import dataclass
from typing import Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from documents.models import ExternalCheck, ExternalDocument, ExternalState, Reference, Version
from documents.permissions import (
    visible_documents,
    visible_external_documents,
    visible_versions,
)
from qms.agencies.models import User

# A page shows so many of a kind; a law named everywhere is read in its own list.
MOST = 200


@dataclass(frozen=True, slots=True)
class NamedExternal:
    """A document of others with its state today."""

    external: ExternalDocument
    state: ExternalState


@dataclass(frozen=True, slots=True)
class Related:
    """Both directions for one version: what its text names, and which versions name it."""

    names: list[Reference]
    externals: list[NamedExternal]
    used_by: list[Version]

    @classmethod
    def of(cls, version: Version, *, by: User) -> Self:
        """In a fixed number of queries."""
        today = timezone.localdate()
        made = _seen(version, by)
        return cls(
            names=[r for r in made if r.to_document_id],
            externals=[
                NamedExternal(r.to_external, r.to_external.state_on(today))
                for r in made
                if r.to_external
            ],
            used_by=list(
                visible_versions(by)
                .current()
                .filter(references__to_document=version.document_id)
                .exclude(document=version.document_id)
                .select_related("document__agency")
                .defer("text_folded")
                .order_by("document__code_key", "pk")[:MOST]
            ),
        )


def links_of(version: Version, *, by: User) -> dict[str, tuple[str, str]]:
    """Code as written → address and title, for every document named that the reader sees."""
    links = {}
    for reference in _seen(version, by):
        target = reference.to_document or reference.to_external
        if target is not None:
            links[reference.as_written] = (target.get_absolute_url(), target.title)
    return links


def citing(external: ExternalDocument, *, by: User) -> list[Version]:
    """The versions in use or on their way that name a document of others."""
    return list(
        visible_versions(by)
        .current()
        .filter(references__to_external=external)
        .select_related("document__agency", "author")
        .prefetch_related("external_checks")
        .defer("text_folded")
        .order_by("document__code_key", "pk")[:MOST]
    )


def unchecked(by: User, agencies: frozenset[int], today: dt.date) -> list[Reference]:
    """Citations of what no longer holds that nobody has looked at, in one query."""
    looked = ExternalCheck.objects.filter(
        external=OuterRef("to_external"), version=OuterRef("version")
    )
    return list(
        Reference.objects.among(visible_versions(by))
        .filter(to_external__agency__in=agencies, to_external__valid_to__lte=today)
        .exclude(Exists(looked))
        .select_related("version", "to_external__replaced_by")
        .defer("version__text_folded")
        .order_by("to_external__valid_to", "pk")[:MOST]
    )


def _seen(version: Version, by: User) -> list[Reference]:
    return list(
        version.references.filter(
            Q(to_document__in=visible_documents(by))
            | Q(to_external__in=visible_external_documents(by))
        )
        .select_related("to_document__agency", "to_external__replaced_by")
        .order_by("as_written", "pk")[:MOST]
    )
