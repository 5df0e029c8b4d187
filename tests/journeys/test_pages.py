"""Every page of the thread: accessible, no wider than the screen, walked by keyboard, bilingual."""

from pathlib import Path

import polib
import pytest
from django.urls import reverse
from playwright.sync_api import expect

from audits.models import (
    Action,
    Audit,
    ChecklistItem,
    Finding,
    Nonconformity,
    Programme,
    TeamMember,
)
from documents.models import (
    ControlledCopy,
    Disposal,
    Document,
    ExternalDocument,
    Reading,
    RecordFile,
    RecordSeries,
    SavedView,
)
from qms.agencies.models import Agency, Membership, Unit, User
from qms.library.models import Template
from tests.house import world as worlds
from tests.house.requests import ASKS
from tests.journeys.checks import check_page, walk_keyboard

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.django_db(transaction=True)
# Who looks at which page; together every page of the site that shows something.
PAGES = {
    "quality": [
        "home:inbox-show", "documents:document-list", "documents:register-list", "documents:document-create",
        "documents:intake-create", "documents:batch-list", "documents:batch-detail",
        "documents:promulgation-list", "documents:promulgation-create", "documents:route-list",
        "documents:route-create", "documents:delegation-list", "documents:control-change",
        "documents:periodic-review-list", "documents:change-request-list",
        "documents:change-request-create", "documents:change-request-detail",
        "documents:version-forms", "notices:notice-list",
        "library:adoption-list", "library:adoption-adopt", "library:adoption-adopt-set",
        "library:update-list", "library:update-detail", "audits:programme-list",
        "documents:external-list", "documents:external-create", "documents:external-detail",
        "documents:record-list", "documents:record-create", "documents:record-detail",
        "documents:record-take-over", "documents:record-file-change", "documents:disposal-list",
        "documents:disposal-propose", "documents:reader-list", "documents:reference-list",
        "audits:programme-create", "audits:audit-list", "audits:audit-create",
        "audits:nonconformity-list", "audits:nonconformity-create", "documents:reading-list",
        "documents:reading-show", "documents:progress-list", "documents:distribution-list",
        "documents:controlled-copy-list", "documents:controlled-copy-detail",
    ],
    "visitor": [
        "library:template-list", "library:template-detail", "library:template-history",
        "copies:copy-find",
        "copies:copy-check",
    ],
    "editor": ["library:template-create", "library:matrix-list"],
}  # fmt: skip
THINGS = {
    "author": ["draft", "in_force", "unsure", "tthc", "loose_form"],
    "reviewer": ["in_review"],
    "approver": ["in_approval", "programme", "pending", "disposal"],
    "lead": ["audit", "running", "reported", "verification"],
    "owner": ["analysis", "mending"],
    "quality": ["proposed", "promulgation", "promulgated", "external", "disposal"],
}
# Strings of ours that are also words people write into titles.
ALSO_CONTENT = {"Đánh giá nội bộ", "Chính sách chất lượng", "Nội dung", "Số"}


def _vietnamese() -> set[str]:
    """What the pages would say in Vietnamese and say otherwise in English."""
    catalogue = polib.pofile(str(ROOT / "locale/en/LC_MESSAGES/django.po"))
    return {
        e.msgid for e in catalogue if e.msgid != e.msgstr and not e.msgid_plural
    } - ALSO_CONTENT


@pytest.fixture
def world():
    return worlds.build()


@pytest.fixture
def addresses(world):
    """Every page with who opens it."""
    found = [
        (world.people[who], reverse(name, args=ASKS[name].args(world)) if name in ASKS else name)
        for who, names in PAGES.items()
        for name in names
        if ASKS[name] is None
        or ASKS[name].method == "GET"
        or name.endswith(("-create", "-change", "-propose", "-adopt", "-adopt-set"))
    ]
    found += [
        (world.people[who], world.things[key].get_absolute_url())
        for who, keys in THINGS.items()
        for key in keys
    ]
    recall = reverse("documents:controlled-copy-recall", args=[world.things["old"].pk])
    found += [(world.people["quality"], recall)]
    sheet = reverse("audits:audit-sheet", args=[world.things["running"].pk])
    history = reverse("documents:version-history", args=[world.things["in_force"].pk])
    amend = reverse("documents:version-amend", args=[world.things["draft"].pk])
    found += [(world.people["author"], amend)]
    draft, late = world.things["draft"], world.things["late_on"].late_uploads.get()
    found += [
        (world.people["author"], reverse(f"documents:section-{verb}", args=args))
        for verb, args in (
            ("arrange", [draft.pk]),
            ("create", [draft.pk]),
            ("edit", [draft.pk, draft.sections.first().pk]),
        )
    ]
    found += [
        (world.people["author"], late.get_absolute_url()),
        (world.people["author"], world.things["held_draft"].get_absolute_url()),
        (world.people["quality"], world.things["held_draft"].get_absolute_url()),
    ]
    steps = reverse("documents:procedure-change", args=[world.things["tthc"].pk])
    attach = reverse("documents:document-attach", args=[world.things["loose_form"].document_id])
    found += [(world.people["author"], address) for address in (amend, steps, attach)]
    changes = reverse("documents:version-compare", args=[world.things["revised"].pk])
    found += [
        (world.people["reviewer"], f"{changes}?view={v}") for v in ("inline", "side", "clean")
    ]
    found += [
        (world.people["quality"], reverse(f"documents:{name}", args=ASKS[f"documents:{name}"].args(world)))
        for name in ("distribution-assign", "distribution-assign-default", "reading-record-paper",
                     "controlled-copy-give")
    ] + [(world.people["reader"], reverse("documents:reading-show", args=[world.things["in_force"].pk]))]  # fmt: skip
    found += [(world.people["auditor"], sheet), (world.people["reader"], history),
              (world.people["author"], "/search/?q=kiểm soát")]  # fmt: skip
    return found


def _open(page, come_in, user, address):
    if user is None:
        page.context.clear_cookies()
    else:
        come_in(user)
    response = page.goto(address)
    assert response.status == 200, f"{address}: {response.status}"


def test_every_page_passes_wide_and_narrow_light_and_dark(page, come_in, addresses):
    for user, address in addresses:
        _open(page, come_in, user, address)
        check_page(page)


def test_every_stop_of_the_keyboard_is_seen(page, come_in, world, addresses):
    page.set_viewport_size({"width": 1366, "height": 768})
    for user, address in addresses:
        _open(page, come_in, user, address)
        names = walk_keyboard(page)
        assert names[0] in ("Chuyển đến nội dung chính",), address


def test_every_page_speaks_english_when_asked(page, come_in, addresses):
    """The frame and the forms do; what people and the province wrote stays as they wrote it."""
    page.set_viewport_size({"width": 1366, "height": 768})
    User.objects.update(language="en")
    told, vietnamese = [], _vietnamese()
    for user, address in addresses:
        _open(page, come_in, user, "/login/" if user is None else address)
        if user is None:
            page.get_by_role("button", name="EN").click()
            page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        words = page.evaluate(
            """() => [...document.querySelectorAll('main *, nav *, header *')]
                 .filter(e => !e.children.length && !e.closest('.paper, option, main [lang=vi]'))
                 .map(e => e.textContent.trim())"""
        )
        told += [f"{address}: {word}" for word in words if word in vietnamese]
    assert told == []


EVIL = "\"><img src=x onerror=alert(1)><script>alert(2)</script>'{{7*7}}"
TYPED = {
    Agency: ["name", "short_name", "place"], Unit: ["name"], User: ["full_name"],
    Membership: ["position"], Document: ["title"], Template: ["summary"],
    Audit: ["title", "objectives", "scope", "criteria"], ChecklistItem: ["question", "hint"],
    Reading: ["name", "position", "unit_name"], ControlledCopy: ["holder", "remark"],
    Nonconformity: ["description", "requirement", "evidence"], Programme: ["objectives", "scope"],
    ExternalDocument: ["title", "issuer"], RecordSeries: ["name", "place", "legal_basis"],
    RecordFile: ["title", "place"], Disposal: ["note"], SavedView: ["name"],
    TeamMember: ["name", "position"], Finding: ["statement"], Action: ["description"],
}  # fmt: skip


def test_what_people_type_is_never_run(page, come_in, world, addresses):
    """Every text that comes from a person, hostile, on every page (S9 of the holes of the family)."""
    for model, fields in TYPED.items():
        for row in model.objects.all():  # one by one: some names must stay different
            evil = dict.fromkeys(fields, f"{EVIL}{row.pk}"[:100])
            model.objects.filter(pk=row.pk).update(**evil)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for user, address in addresses:
        _open(page, come_in, user, address)
        assert page.locator("img[src=x]").count() == 0, address
        assert "49" not in page.title(), address
    assert dialogs == []
