"""How events are shown in templates."""

from django import template

from qms.trail.models import Event
from qms.trail.words import sentence

register = template.Library()


@register.filter
def event_words(event: Event) -> str:
    """Who did what, in a whole sentence."""
    return sentence(event.name, event.by_name)
