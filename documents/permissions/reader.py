"""Who may hide a document from its agency, and name who reads it. The door of guardian.

Grants are written here and read in `visibility`; nothing else touches the grant tables.
"""

from django.contrib.auth.models import Group, Permission
from django.db.models import QuerySet

from documents.models import Document, DocumentGroupGrant, DocumentUserGrant
from documents.permissions.people import Rule, any_of, has_role
from qms.agencies.models import Role, User

VIEW = "view_document"


def wrote_it(user: User, document: Document) -> bool:
    """The author of one of its versions, as long as he writes for the agency."""
    wrote = user.standing.has(document.agency_id, Role.AUTHOR, Role.QUALITY)
    return wrote and document.versions.filter(author=user).exists()


RULES: dict[str, Rule] = {
    "restrict": any_of(has_role(Role.QUALITY), wrote_it),
    "open": has_role(Role.QUALITY),
    "grant": has_role(Role.QUALITY),
    "revoke": has_role(Role.QUALITY),
}


def name_reader(document: Document, reader: User | Group) -> bool:
    """Write the grant; False when it stood already."""
    view = Permission.objects.get(codename=VIEW, content_type__app_label="documents")
    if isinstance(reader, Group):
        _grant, made = DocumentGroupGrant.objects.get_or_create(
            group=reader, permission=view, content_object=document
        )
    else:
        _grant, made = DocumentUserGrant.objects.get_or_create(
            user=reader, permission=view, content_object=document
        )
    return bool(made)


def unname_reader(document: Document, reader: User | Group) -> bool:
    """Take the grant away; False when there was none."""
    view = {"permission__codename": VIEW, "content_object": document}
    if isinstance(reader, Group):
        gone, _rows = DocumentGroupGrant.objects.filter(group=reader, **view).delete()
    else:
        gone, _rows = DocumentUserGrant.objects.filter(user=reader, **view).delete()
    return bool(gone)


def named_readers(document: Document) -> QuerySet[User]:
    """The people named for this document, by name."""
    grants = DocumentUserGrant.objects.filter(permission__codename=VIEW, content_object=document)
    return User.objects.filter(pk__in=grants.values("user")).order_by("full_name")


def named_groups(document: Document) -> QuerySet[Group]:
    """The groups named for this document, by name."""
    grants = DocumentGroupGrant.objects.filter(permission__codename=VIEW, content_object=document)
    return Group.objects.filter(pk__in=grants.values("group")).order_by("name")
