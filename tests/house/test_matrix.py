"""Who gets what from every address: one readable table, one test a line, every cell asked."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from qms.trail.models import Event
from qms.trail.services import first_fault
from tests.house.requests import ASKS, named_addresses
from tests.house.world import PEOPLE

pytestmark = pytest.mark.django_db
# What the asker gets: a status; `done` for an act carried out (or a page left); `login` for the
# door. 404: does not exist for this person. 403: seen, but not his. 409 and 422: his, but not now.
TABLE = """
                                   visitor stranger   reader   author reviewer approver  quality  auditor     lead    owner    admin   editor   nobody
home:inbox-show                      login      200      200      200      200      200      200      200      200      200      200      200      200
home:search-show                     login      200      200      200      200      200      200      200      200      200      200      200      200
home:health-show                       200      200      200      200      200      200      200      200      200      200      200      200      200
web:session-log-in                     200     done     done     done     done     done     done     done     done     done     done     done     done
web:session-log-out                  login    login    login    login    login    login    login    login    login    login    login    login    login
web:session-set-language              done     done     done     done     done     done     done     done     done     done     done     done     done
web:session-set-theme                 done     done     done     done     done     done     done     done     done     done     done     done     done
copies:copy-find                       200      200      200      200      200      200      200      200      200      200      200      200      200
copies:copy-check                      200      200      200      200      200      200      200      200      200      200      200      200      200
documents:document-list              login      200      200      200      200      200      200      200      200      200      200      200      200
documents:register-list              login      200      200      200      200      200      200      200      200      200      200      200      200
documents:register-xlsx              login      200      200      200      200      200      200      200      200      200      200      200      200
documents:register-pdf               login      200      200      200      200      200      200      200      200      200      200      200      200
documents:register-zip               login      200      200      200      200      200      200      200      200      200      200      200      200
documents:saved-view-save            login     done     done     done     done     done     done     done     done     done     done     done     done
documents:saved-view-open            login      404      404      404      404      404     done      404      404      404      404      404      404
documents:saved-view-remove          login      404      404      404      404      404     done      404      404      404      404      404      404
documents:reference-list             login      404      200      200      200      200      200      200      200      200      200      404      404
documents:reader-list                login      404      403      200      403      403      200      403      403      403      403      404      404
documents:reader-restrict            login      404      403     done      403      403     done      403      403      403      403      404      404
documents:reader-open                login      404      403      403      403      403      409      403      403      403      403      404      404
documents:reader-grant               login      404      403      403      403      403     done      403      403      403      403      404      404
documents:reader-revoke              login      404      403      403      403      403     done      403      403      403      403      404      404
documents:external-list              login      200      200      200      200      200      200      200      200      200      200      200      200
documents:external-xlsx              login      200      200      200      200      200      200      200      200      200      200      200      200
documents:external-pdf               login      200      200      200      200      200      200      200      200      200      200      200      200
documents:external-create            login      422      403     done      403      403     done      403      403      403      403      403      403
documents:external-detail            login      404      200      200      200      200      200      200      200      200      200      404      404
documents:external-change            login      404      403     done      403      403     done      403      403      403      403      404      404
documents:external-repeal            login      404      403     done      403      403     done      403      403      403      403      404      404
documents:external-check             login      404      403      403      403      403     done      403      403      403      403      404      404
documents:external-file              login      404      200      200      200      200      200      200      200      200      200      404      404
documents:record-list                login      200      200      200      200      200      200      200      200      200      200      200      200
documents:record-xlsx                login      200      200      200      200      200      200      200      200      200      200      200      200
documents:record-pdf                 login      200      200      200      200      200      200      200      200      200      200      200      200
documents:record-create              login      422      403     done      403      403     done      403      403      403      403      403      403
documents:record-take-over           login      200      403      200      403      403      200      403      403      403      403      403      403
documents:record-detail              login      404      200      200      200      200      200      200      200      200      200      404      404
documents:record-change              login      404      403     done      403      403     done      403      403      403      403      404      404
documents:record-file-create         login      404      403     done      403      403     done      403      403      403      403      404      404
documents:record-file-change         login      404      404     done      404      403     done      404      404      404      404      404      404
documents:record-file-hold           login      404      404      403      404     done     done      404      404      404      404      404      404
documents:record-file-lift           login      404      404      403      404     done     done      404      404      404      404      404      404
documents:disposal-list              login      200      200      200      200      200      200      200      200      200      200      200      200
documents:disposal-propose           login      404      404      404      404      404     done      404      404      404      404      404      404
documents:disposal-detail            login      404      404      200      404      200      200      404      404      404      404      404      404
documents:disposal-approve           login      404      404      403      404     done      403      404      404      404      404      404      404
documents:disposal-refuse            login      404      404      403      404     done      403      404      404      404      404      404      404
documents:document-create            login      422      403     done      403      403     done      403      403      403      403      403      403
documents:document-detail            login      404     done     done     done     done     done     done     done     done     done      404      404
documents:intake-create              login      422      403     done      403      403     done      403      403      403      403      403      403
documents:document-resolve           login      404     done     done     done     done     done     done     done     done     done      404      404
documents:periodic-review-list       login      200      200      200      200      200      200      200      200      200      200      200      200
documents:version-conclude           login      404      403      403      403      403     done      403      403      403      403      404      404
documents:change-request-list        login      200      200      200      200      200      200      200      200      200      200      200      200
documents:change-request-create      login      422     done     done     done     done     done     done     done     done     done      422      422
documents:change-request-detail      login      404      200      200      200      200      200      200      200      200      200      404      404
documents:change-request-pdf         login      404      200      200      200      200      200      200      200      200      200      404      404
documents:change-request-accept      login      404      403      403      403     done     done      403      403      403      403      404      404
documents:change-request-refuse      login      404      403      403      403     done     done      403      403      403      403      404      404
documents:change-request-retract     login      404     done      403      403      403      403      403      403      403      403      404      404
documents:change-request-finish      login      404      403      403      403     done     done      403      403      403      403      404      404
documents:version-forms              login      404      200      200      200      200      200      200      200      200      200      404      404
documents:version-renumber           login      404      404     done      404      404     done      404      404      404      404      404      404
documents:control-change             login      404      403      403      403      403     done      403      403      403     done      403      403
notices:notice-list                  login      200      200      200      200      200      200      200      200      200      200      200      200
notices:notice-clear                 login     done     done     done     done     done     done     done     done     done     done     done     done
notices:notice-follow                login      404      404     done      404      404      404      404      404      404      404      404      404
documents:route-list                 login      200      200      200      200      200      200      200      200      200      200      200      200
documents:route-create               login      404      403      403      403      403     done      403      403      403     done      403      403
documents:route-retire               login      404      403      403      403      403     done      403      403      403     done      404      404
documents:delegation-list            login      422     done     done     done     done     done     done     done      422     done      422      422
documents:delegation-end             login      404      404      404      404     done     done      404      404      404     done      404      404
documents:batch-list                 login      200      403      200      403      403      200      403      403      403      403      403      403
documents:batch-detail               login      404      404      200      404      404      200      404      404      404      404      404      404
documents:batch-progress             login      404      404      200      404      404      200      404      404      404      404      404      404
documents:batch-resume               login      404      404     done      404      404      403      404      404      404      404      404      404
documents:batch-json                 login      404      404      200      404      404      200      404      404      404      404      404      404
documents:batch-xlsx                 login      404      404      200      404      404      200      404      404      404      404      404      404
documents:version-detail             login      404      200      200      200      200      200      200      200      200      200      404      404
documents:version-history            login      404      200      200      200      200      200      200      200      200      200      404      404
documents:version-compare            login      404      404      200      200      200      200      404      404      404      404      404      404
documents:version-submit             login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-review             login      404      404      403     done      403      403      404      404      404      404      404      404
documents:version-approve            login      404      404      403      403     done      403      404      404      404      404      404      404
documents:version-recall             login      404      404     done      403      403     done      404      404      404      404      404      404
documents:version-step-back          login      404      404      403      403     done      403      404      404      404      404      404      404
documents:comment-create             login      404      404     done     done     done     done      404      404      404      404      404      404
documents:comment-resolve            login      404      404     done     done      403     done      404      404      404      404      404      404
documents:change-mark                login      404      404     done     done     done     done      404      404      404      404      404      404
documents:version-send-back          login      404      404      403     done      403      403      404      404      404      404      404      404
documents:version-put-in-force       login      404      403      403      403      403      403      403      403      403      403      404      404
documents:version-register           login      404      404      403      404      404      422      404      404      404      404      404      404
documents:version-withdraw           login      404      403      403      403      403     done      403      403      403      403      404      404
documents:version-discard            login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-upload             login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-amend              login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-check-out          login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-release            login      404      404      409      404      404      409      404      404      404      404      404      404
documents:version-unlock             login      404      404     done      404      404      409      404      404      404      404      404      404
documents:section-arrange            login      404      404      200      404      404      200      404      404      404      404      404      404
documents:section-create             login      404      404     done      404      404     done      404      404      404      404      404      404
documents:section-edit               login      404      404     done      404      404     done      404      404      404      404      404      404
documents:section-move               login      404      404     done      404      404     done      404      404      404      404      404      404
documents:section-remove             login      404      404     done      404      404     done      404      404      404      404      404      404
documents:section-renumber           login      404      404     done      404      404     done      404      404      404      404      404      404
documents:picture-add                login      404      404     done      404      404     done      404      404      404      404      404      404
documents:late-upload-detail         login      404      404      200      404      404      200      404      404      404      404      404      404
documents:late-upload-download       login      404      404      200      404      404      200      404      404      404      404      404      404
documents:late-upload-take           login      404      404     done      404      404     done      404      404      404      404      404      404
documents:late-upload-drop           login      404      404     done      404      404     done      404      404      404      404      404      404
documents:procedure-change           login      404      404     done      404      404     done      404      404      404      404      404      404
documents:document-attach            login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-settle-code        login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-confirm            login      404      404     done      404      404     done      404      404      404      404      404      404
documents:version-revise             login      404      403     done      403      403     done      403      403      403      403      404      404
documents:file-pdf                   login      404      200      200      200      200      200      200      200      200      200      404      404
documents:file-original                 login      404      200      200      200      200      200      200      200      200      200      404      404
documents:file-preview                  login      404      404      200      404      404      200      404      404      404      404      404      404
documents:file-controlled               login      404      404      404      404      403      200      403      403      404      404      404      404
documents:file-docx                  login      404      200      200      200      200      200      200      200      200      200      404      404
documents:file-source                login      404      404      404      404      404      404      404      404      404      404      404      404
documents:file-picture               login      404      404      404      404      404      404      404      404      404      404      404      404
documents:promulgation-list             login      200      200      200      200      200      200      200      200      200      200      200      200
documents:promulgation-create           login      422      403      403      403     done     done      403      403      403      403      403      403
documents:promulgation-detail           login      404      404      404      404      200      200      404      404      404      404      404      404
documents:promulgation-edit             login      404      404      404      404     done     done      404      404      404      404      404      404
documents:promulgation-number           login      404      404      404      404     done     done      404      404      404      404      404      404
documents:promulgation-discard          login      404      404      404      404     done     done      404      404      404      404      404      404
documents:promulgation-pdf              login      404      404      404      404      200      200      404      404      404      404      404      404
documents:promulgation-docx             login      404      200      200      200      200      200      200      200      200      200      404      404
documents:reading-list               login      200      200      200      200      200      200      200      200      200      200      200      200
documents:reading-show               login      404      200      200      200      200      200      200      200      200      200      404      404
documents:reading-acknowledge        login      404     done     done     done     done     done     done     done      409     done      404      404
documents:reading-weigh              login      404      404     done      403     done     done      404      404      404      404      404      404
documents:reading-distribute         login      404      403      403      403      403     done      403      403      403      403      404      404
documents:reading-sheet              login      404      403      403      403      403      200      403      403      403      403      404      404
documents:reading-record-paper       login      404      403      403      403      403     done      403      403      403      403      404      404
documents:reading-scan               login      404      404      200      404      200      200      404      404      200      404      404      404
documents:progress-list              login      200      403      403      200      200      200      403      403      403      403      403      403
documents:distribution-list          login      200      403      403      403      403      200      403      403      403      403      403      403
documents:distribution-assign        login      404      403      403      403      403     done      403      403      403      403      404      404
documents:distribution-assign-default   login      404      403      403      403      403     done      403      403      403      403      404      404
documents:controlled-copy-list       login      200      200      200      200      200      200      200      200      200      200      200      200
documents:controlled-copy-xlsx       login      200      200      200      200      200      200      200      200      200      200      200      200
documents:controlled-copy-pdf        login      200      200      200      200      200      200      200      200      200      200      200      200
documents:controlled-copy-detail     login      404      404      404      404      200      200      200      200      404      404      404      404
documents:controlled-copy-give       login      404      403      403      403      403     done      403      403      403      403      404      404
documents:controlled-copy-recall     login      404      403      403      403      403     done      403      403      403      403      404      404
documents:controlled-copy-minutes    login      404      403      403      403      403      200      403      403      403      403      404      404
documents:controlled-copy-exchange    login      404      404      404      404      403      409      403      403      404      404      404      404
documents:controlled-copy-take-back    login      404      404      404      404      403     done      403      403      404      404      404      404
documents:controlled-copy-report-lost   login      404      404      404      404      403     done      403      403      404      404      404      404
documents:controlled-copy-destroy    login      404      404      404      404      403     done      403      403      404      404      404      404
library:template-list                  200      200      200      200      200      200      200      200      200      200      200      200      200
library:template-create              login      403      403      403      403      403      403      403      403      403      403     done      403
library:template-of-document          done     done     done     done     done     done     done     done     done     done     done     done     done
library:template-detail                200      200      200      200      200      200      200      200      200      200      200      200      200
library:download-docx                  200      200      200      200      200      200      200      200      200      200      200      200      200
library:download-pdf                   200      200      200      200      200      200      200      200      200      200      200      200      200
library:download-zip                   200      200      200      200      200      200      200      200      200      200      200      200      200
library:template-history               200      200      200      200      200      200      200      200      200      200      200      200      200
library:adoption-list                login      200      200      200      200      200      200      200      200      200      200      200      200
library:adoption-adopt               login      422      403     done      403      403     done      403      403      403      403      403      403
library:adoption-adopt-set           login      422      403     done      403      403     done      403      403      403      403      403      403
library:matrix-list                  login      403      403      403      403      403      403      403      403      403      403      200      403
library:matrix-xlsx                  login      403      403      403      403      403      403      403      403      403      403      200      403
library:matrix-remind                login      403      403      403      403      403      403      403      403      403      403     done      403
library:update-list                  login      200      200      200      200      200      200      200      200      200      200      200      200
library:update-detail                login      404      404      200      404      404      200      404      404      404      404      404      404
library:update-take                  login      404      404      422      404      404      422      404      404      404      404      404      404
library:update-take-clean            login      409      409      409      409      409      409      409      409      409      409      409      409
library:update-decline               login      404      404     done      404      404     done      404      404      404      404      404      404
library:waiver-waive                 login      404      403      403      403     done     done      403      403      403      403      404      404
library:waiver-lift                  login      404      403      403      403     done     done      403      403      403      403      404      404
audits:programme-list                login      200      200      200      200      200      200      200      200      200      200      200      200
audits:programme-create              login      422      403      403      403      403     done      403     done      403      403      403      403
audits:programme-detail              login      404      404      404      404      200      200      200      200      404      404      404      404
audits:programme-approve             login      404      404      404      404     done      403      403      403      404      404      404      404
audits:audit-list                    login      200      200      200      200      200      200      200      200      200      200      200      200
audits:audit-create                  login      422      403      403      403      403     done      403     done      403      403      403      403
audits:audit-detail                  login      404      404      404      404      200      200      200      200      200      404      404      404
audits:audit-schedule                login      404      404      404      404      403     done      403     done      404      404      404      404
audits:audit-start                   login      404      404      404      404      403      403      403     done      404      404      404      404
audits:audit-sheet                   login      404      404      404      404      200      200      200      200      200      404      404      404
audits:audit-answer                  login      404      404      404      404      403      403     done     done      403      404      404      404
audits:audit-report                  login      404      404      404      404      403      403      403      409      403      404      404      404
audits:audit-pdf                     login      404      404      404      404      200      200      200      200      200      404      404      404
audits:audit-close                   login      404      404      404      404      403      403      403      409      403      404      404      404
audits:nonconformity-list            login      200      200      200      200      200      200      200      200      200      200      200      200
audits:nonconformity-create          login      422     done     done     done     done     done     done     done     done     done      422      403
audits:nonconformity-detail          login      404      200      200      200      200      200      200      200      200      200      404      404
audits:nonconformity-accept          login      404      403      403      403      403     done      403      403      403      403      404      404
audits:nonconformity-plan            login      404      403      403      403      403     done      403      403     done      403      404      404
audits:nonconformity-send-back       login      404      403      403      403     done     done      403      403      403      403      404      404
audits:nonconformity-approve-plan    login      404      403      403      403     done     done      403      403      403      403      404      404
audits:nonconformity-finish          login      404      403      403      403      403     done      403      403     done      403      404      404
audits:nonconformity-complete        login      404      403      403      403      403     done      403      403     done      403      404      404
audits:nonconformity-verify          login      404      403      403      403      403     done     done     done      403      403      404      404
audits:nonconformity-reissue         login      404      403      403      403      403     done     done     done      403      403      404      404
"""
COLUMNS = tuple(TABLE.split("\n")[1].split())
LINES = {line.split()[0]: line.split()[1:] for line in TABLE.strip("\n").splitlines()[1:]}


def test_every_named_address_has_a_line_and_a_request():
    assert COLUMNS == PEOPLE
    assert set(LINES) == set(ASKS) == named_addresses()


@pytest.mark.parametrize("name", LINES)
def test_matrix(name, world):
    told = [answer(name, who, world) for who in PEOPLE]

    assert dict(zip(PEOPLE, told, strict=True)) == dict(zip(PEOPLE, LINES[name], strict=True))


def answer(name: str, who: str, world) -> str:
    """What `who` gets: the status, "done" for an act that was carried out, "login" for the door."""
    ask = ASKS[name]
    client = Client()
    with transaction.atomic():
        if world.people[who] is not None:
            client.force_login(world.people[who])
        address, data = reverse(name, args=ask.args(world)), ask.data(world)
        response = client.post(address, data) if ask.method == "POST" else client.get(address)
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/login/"):
        return "login"
    return "done" if response.status_code in {201, 302} else str(response.status_code)


# What a person arranges for himself, and which is no evidence.
NO_EVENT = {
    "web:session-log-out", "web:session-set-language", "web:session-set-theme",
    "documents:change-mark", "notices:notice-clear", "notices:notice-follow",
    "documents:saved-view-save", "documents:saved-view-remove",
}  # fmt: skip
ACTS = [name for name, ask in ASKS.items() if ask.method == "POST" and name not in NO_EVENT]


@pytest.mark.parametrize("name", ACTS)
def test_what_was_done_is_in_the_trail_and_what_was_refused_is_not(name, world):
    """Every act leaves an event by its doer in the same transaction; a refusal leaves nothing."""
    for who, cell in zip(PEOPLE, LINES[name], strict=True):
        before = Event.objects.count()
        with transaction.atomic():
            ask, client = ASKS[name], Client()
            if world.people[who] is not None:
                client.force_login(world.people[who])
            client.post(reverse(name, args=ask.args(world)), ask.data(world))
            new = list(Event.objects.order_by("pk")[before:])
            faults = [first_fault(agency) for agency in {event.agency for event in new}]
            transaction.set_rollback(True)
        assert bool(new) == (cell == "done"), (who, cell, new)
        assert {event.by for event in new} <= {world.people[who]}
        assert faults == [None] * len(faults)
