"""A province with its editor, two published templates, and an agency that may adopt."""

from io import StringIO

import pytest
from django.core.management import call_command

from qms.agencies.models import Role
from qms.library.models import Template
from tests.factories import hire


@pytest.fixture
def editor(province):
    hire(province.oversight_body, "director", Role.APPROVER, position="Giám đốc")
    return hire(province.oversight_body, "editor", Role.LIBRARY_EDITOR)


@pytest.fixture
def library(editor, clauses):
    call_command(
        "load_library", by="editor", only=["M-QT-01", "M-QT-02"], publish=True, stdout=StringIO()
    )


@pytest.fixture
def template(library):
    return Template.objects.get(document__code="M-QT-01")
