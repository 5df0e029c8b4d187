"""What a list of documents can be narrowed by; every choice is a word in the address."""

from dataclasses import dataclass
from typing import Self

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from documents.lifecycles import IN_FLIGHT, VersionState
from documents.models import DocumentKind, DocumentQuerySet, VersionQuerySet
from documents.permissions import visible_versions
from qms.kernel.text import code_key, fold
from qms.web.http import UserRequest

STATES = {
    "": (_("Tất cả"), (VersionState.IN_FORCE, *IN_FLIGHT)),
    "in_force": (_("Đang hiệu lực"), (VersionState.IN_FORCE,)),
    "in_flight": (_("Đang soạn thảo, chờ quyết định"), IN_FLIGHT),
    "ended": (_("Đã hết hiệu lực"), (VersionState.SUPERSEDED, VersionState.WITHDRAWN)),
}


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """The reader's choices. An unknown word in the address is a page that does not exist."""

    state: str
    kind: str
    words: str
    seen: VersionQuerySet

    @classmethod
    def of(cls, request: UserRequest) -> Self:
        state, kind = request.GET.get("state", ""), request.GET.get("kind", "")
        if state not in STATES or (kind and kind not in DocumentKind.values):
            raise Http404
        words = request.GET.get("q", "")[:200]
        return cls(state, kind, words, visible_versions(request.user))

    def apply(self, documents: DocumentQuerySet) -> DocumentQuerySet:
        """The documents having a visible version in the chosen state, of the kind and words."""
        wanted = self.seen.filter(document=OuterRef("pk"), state__in=STATES[self.state][1])
        documents = documents.filter(Exists(wanted)).exclude(kind=DocumentKind.GUIDANCE)
        if self.kind:
            documents = documents.filter(kind=self.kind)
        for word in fold(self.words).split()[:10]:
            documents = documents.filter(title_folded__contains=word) | documents.filter(
                code_key__contains=code_key(word)
            )
        return documents

    @property
    def state_choices(self) -> list[tuple[str, object, bool]]:
        return [(word, label, word == self.state) for word, (label, _states) in STATES.items()]

    @property
    def kind_choices(self) -> list[tuple[str, str, bool]]:
        kinds = [kind for kind in DocumentKind if kind != DocumentKind.GUIDANCE]
        return [(kind.value, str(kind.label), kind == self.kind) for kind in kinds]
