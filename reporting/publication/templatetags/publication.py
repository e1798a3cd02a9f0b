"""What the page "My tasks" shows of publication, of which the collection itself knows nothing."""

from django import template

from reporting.publication.models import Build
from reporting.publication.services.publishing import waiting_for

register = template.Library()


@register.simple_tag
def builds_waiting_for(user) -> list[Build]:
    """The builds that this person can publish now."""
    return waiting_for(user)
