"""Forms about people: inviting, accepting, one's own profile."""

from typing import cast

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.models import Invitation, User


class InvitationForm(forms.ModelForm):
    """Invite somebody; offers the organisations and roles that `user` may invite to."""

    class Meta:
        model = Invitation
        fields = ["name", "email", "organisation", "role", "ends_on"]
        widgets = {"ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        roles = policy.roles_to_invite_to(user)
        cast(forms.ModelChoiceField, self.fields["organisation"]).queryset = policy.organisations_to_invite_to(user)
        cast(forms.ChoiceField, self.fields["role"]).choices = [(role.value, role.label) for role in roles]
        if len(roles) == 1:
            self.initial["role"] = roles[0].value


class PasswordForm(forms.Form):
    """Choose the password of a new account."""

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=lazy(password_validators_help_text_html, str)(),
    )
    password_again = forms.CharField(
        label=_("Password again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args, person: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self):
        password = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password

    def clean(self):
        given = self.cleaned_data
        if given.get("password") and given.get("password_again") != given["password"]:
            self.add_error("password_again", _("The two passwords differ."))
        return given


class AcceptForm(forms.Form):
    """Accepting with an account that exists asks for nothing more."""


class ProfileForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["name", "language"]
