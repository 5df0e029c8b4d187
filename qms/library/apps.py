from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "qms.library"

    def ready(self) -> None:
        from documents.models import DocumentKind
        from documents.services.wording import govern
        from qms.library.reactions import REACTIONS
        from qms.library.wording import require_known
        from qms.trail.services import subscribe

        govern(DocumentKind.GUIDANCE, require_known)
        subscribe(REACTIONS)
