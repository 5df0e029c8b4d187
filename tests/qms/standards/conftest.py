import pytest

from qms.standards.loading import load_standards
from qms.standards.models import StandardEdition


@pytest.fixture
def iso_2015(db: None) -> StandardEdition:
    load_standards()
    return StandardEdition.objects.get(key="iso9001-2015")


@pytest.fixture
def iso_2026(iso_2015: StandardEdition) -> StandardEdition:
    return StandardEdition.objects.get(key="iso9001-2026")
