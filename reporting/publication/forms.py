"""The publisher's one form."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import TextField
from reporting.publication.models import Publication


class PublishForm(forms.ModelForm):
    """What a corrected edition corrects; a first edition asks for nothing."""

    class Meta:
        model = Publication
        fields = ("erratum",)
        field_classes = {"erratum": TextField}
        error_messages = {"erratum": {"required": _("Say what this edition corrects.")}}
        widgets = {"erratum": forms.Textarea(attrs={"rows": 4, "maxlength": 2000})}

    def __init__(self, *args, edition: int, **kwargs):
        super().__init__(*args, **kwargs)
        if edition == 1:
            del self.fields["erratum"]
        else:
            self.fields["erratum"].required = True
