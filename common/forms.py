"""Fields that more than one app uses."""

from django import forms

from common.text import clean_text


class TextField(forms.CharField):
    """Takes what other programs put on the clipboard: strange line ends and control characters disappear."""

    def to_python(self, value):
        return super().to_python(clean_text(value) if isinstance(value, str) else value)
