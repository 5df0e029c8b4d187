"""The master list (Danh mục tài liệu nội bộ): on the page, as Excel, on paper, with its files."""

from itertools import groupby
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.forms.register import MasterForm, RegisterForm, SaveViewForm
from documents.models import RegisterName
from documents.registers import bundle, master
from documents.registers.places import places_of
from documents.registers.sheet import Sheet, pdf_of, xlsx_of
from documents.services import export as exports
from qms.agencies.models import Agency
from qms.sheets.workbook import XLSX
from qms.web.download import attachment, content_disposition
from qms.web.http import UserRequest
from qms.web.listing import page_of

PAGE = "documents/register/list.html"


@require_safe
def list(request: UserRequest) -> HttpResponse:  # noqa: A001  # the verb is the address
    form = MasterForm(request.GET, by=request.user)
    context = register_context(request, form, RegisterName.MASTER)
    if form.is_valid():
        page = page_of(master.versions_of(form), request, size=50)
        shown = [*page.rows]
        places = places_of(shown, form.day)
        groups = groupby(shown, key=master.heading_of)
        rows = [(name, [(one, places[one.pk]) for one in ones]) for name, ones in groups]
        context |= {"page": page, "groups": rows}
    return render(request, PAGE, context, status=422 if form.errors else 200)


@require_safe
def xlsx(request: UserRequest) -> HttpResponse:
    """The whole list, not the page; in Vietnamese, since it is a record."""
    form = MasterForm(request.GET, by=request.user)
    if not form.is_valid():
        return refused(request, form, RegisterName.MASTER, PAGE)
    return as_xlsx(master.sheet_of(form, agency_of(form)))


@require_safe
def pdf(request: UserRequest) -> HttpResponse:
    form = MasterForm(request.GET, by=request.user)
    if not form.is_valid():
        return refused(request, form, RegisterName.MASTER, PAGE)
    return as_pdf(master.sheet_of(form, agency_of(form)))


@require_safe
def zip(request: UserRequest) -> HttpResponse | StreamingHttpResponse:  # noqa: A001  # as above
    """Every sealed PDF of the list that was in force, with an index; written as it is sent."""
    form = MasterForm(request.GET, by=request.user)
    if not form.is_valid():
        return refused(request, form, RegisterName.MASTER, PAGE)
    versions = [*master.in_force_of(form).select_related("sealed_file")]
    entries = bundle.entries_of(versions)
    sheet = master.sheet_of(form, agency_of(form), versions)
    exports.export(versions, by=request.user, day=form.day)
    response = StreamingHttpResponse(bundle.stream(entries, sheet), content_type="application/zip")
    name = f"Tài liệu có hiệu lực {form.day:%Y-%m-%d}.zip"
    response["Content-Disposition"] = content_disposition(name)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def register_context(
    request: UserRequest, form: RegisterForm, register: RegisterName
) -> dict[str, Any]:
    """What every register page shows around its rows."""
    valid = form.is_valid()
    return {
        "form": form,
        "day": form.day if valid else None,
        "query": form.query if valid else "",
        "register": register.value,
        "saved": request.user.saved_views.filter(register=register),
        "save_form": SaveViewForm(auto_id="save_%s"),
    }


def refused(
    request: UserRequest, form: RegisterForm, register: RegisterName, page: str
) -> HttpResponse:
    """The page again, saying what of the choices cannot be."""
    context = register_context(request, form, register)
    return render(request, page, context, status=422)


def agency_of(form: RegisterForm) -> Agency | None:
    """Whose paper it is; nobody's when it lists several agencies."""
    agencies = [*form.agencies]
    if len(agencies) != 1:
        return None
    return Agency.objects.select_related("parent").get(pk=agencies[0])


def as_xlsx(sheet: Sheet) -> HttpResponse:
    return attachment(xlsx_of(sheet), media_type=XLSX, name=f"{sheet.name}.xlsx")


def as_pdf(sheet: Sheet) -> HttpResponse:
    return attachment(pdf_of(sheet), media_type="application/pdf", name=f"{sheet.name}.pdf")
