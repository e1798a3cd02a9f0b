"""Draw a form's control with the design system's class, which a template alone cannot add."""

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """Return the HTML of a bound field's control with the class `ds-input` added to the widget's own classes.

    Django itself ties the control to its help text and errors (aria-describedby, aria-invalid).
    """
    classes = [str(field.field.widget.attrs.get("class", "")), "ds-input"]
    return field.as_widget(attrs={"class": " ".join(filter(None, classes))})
