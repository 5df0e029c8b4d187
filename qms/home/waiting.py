"""What waits for a person, gathered from every app that lets things wait."""

import datetime as dt

from audits.waiting import waiting_for as audits_waiting
from documents.waiting import waiting_for as documents_waiting
from documents.waiting_reading import waiting_for as readings_waiting
from qms.agencies.models import User
from qms.library.waiting import waiting_for as library_waiting
from qms.web.task import Task

SOURCES = (documents_waiting, readings_waiting, audits_waiting, library_waiting)


def waiting_for(user: User) -> list[Task]:
    """Every task of the person, the most urgent first."""
    tasks = [task for source in SOURCES for task in source(user)]
    return sorted(tasks, key=lambda task: (task.due_on or dt.date.max, task.title))
