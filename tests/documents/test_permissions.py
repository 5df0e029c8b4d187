"""Who sees which version; the table says it, and `reach_of` says the same to the index."""

import pytest
from guardian.shortcuts import assign_perm, remove_perm

from documents.permissions import audiences_of, reach_of, scope_of, verbs_for, visible_versions
from qms.agencies.models import Membership, User

pytestmark = pytest.mark.django_db

SEES = {
    # state          reader author reviewer approver quality stranger
    "draft":        (False, True, False, False, True, False),
    "in_review":    (False, True, True, True, True, False),
    "in_approval":  (False, True, True, True, True, False),
    "in_force":     (True, True, True, True, True, False),
}  # fmt: skip
WHO = ("reader", "author", "reviewer", "approver", "quality", "stranger")


@pytest.mark.parametrize("state", SEES)
def test_who_sees_a_version(state, request, cast, stranger):
    version = request.getfixturevalue(state)
    people = cast | {"stranger": stranger}

    seen = tuple(visible_versions(people[who]).filter(pk=version.pk).exists() for who in WHO)
    assert dict(zip(WHO, seen, strict=True)) == dict(zip(WHO, SEES[state], strict=True))
    for who in WHO:
        reach = reach_of(people[who]).get(scope_of(version), set())
        assert bool(reach & set(audiences_of(version))) == seen[WHO.index(who)], who


def test_an_ended_membership_sees_nothing(in_force, cast):
    Membership.objects.filter(user=cast["author"]).update(ends_on="2026-01-01")

    left = User.objects.get(pk=cast["author"].pk)
    assert not visible_versions(left).exists()
    assert set(reach_of(left)) == {"library"}


def test_a_superuser_without_a_role_sees_and_does_nothing(in_force, in_approval, cast):
    root = User.objects.create(username="root", is_superuser=True, is_staff=True)

    assert not visible_versions(root).exists()
    assert verbs_for(root, in_approval) == []


def test_a_named_document_is_seen_once_published_until_it_is_taken_back(in_force, stranger):
    assign_perm("view_document", stranger, in_force.document)
    assert visible_versions(User.objects.get(pk=stranger.pk)).get() == in_force

    remove_perm("view_document", stranger, in_force.document)
    assert not visible_versions(User.objects.get(pk=stranger.pk)).exists()


def test_a_named_draft_stays_hidden(draft, stranger):
    assign_perm("view_document", stranger, draft.document)
    assert not visible_versions(User.objects.get(pk=stranger.pk)).exists()
