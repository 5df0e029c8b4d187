"""The province's side in tests: a new version of a template, put in force and made known."""

from collections.abc import Callable
from dataclasses import replace

from django.utils import timezone

from documents.models import Duty, Signatory, Version
from documents.services import content as contents
from documents.services import draft as drafts
from qms.agencies.models import User
from qms.kernel.content import Content
from qms.library.models import Template
from qms.library.services import template as templates
from qms.trail.services import deliver_owed


def publish_next(template: Template, change: Callable[[Content], Content], *, by: User) -> Version:
    """Revise the template's text by `change` and put it in force today."""
    before = template.document.versions.in_force().get()
    draft = drafts.new_version(template.document, by=by, issue_no=before.issue_no + 1)
    contents.write(draft, change(contents.content_of(before)))
    draft.issued_on = timezone.localdate()
    draft.save(update_fields=["issued_on"])
    signed = [Signatory(duty=Duty.APPROVER, name="Nguyễn Văn Dũng", position="Giám đốc")]
    templates.publish_shipped(draft, by=by, signatories=signed)
    deliver_owed()
    return draft


def reword(content: Content, title: str, before: str, after: str) -> Content:
    """`content` with `after` in place of `before` in the section of that title."""
    assert any(before in s.html for s in content.sections if s.title == title)
    sections = tuple(
        replace(s, html=s.html.replace(before, after, 1)) if s.title == title else s
        for s in content.sections
    )
    return replace(content, sections=sections)
