"""People, organisations, memberships and invitations in the administration."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Invitation, Membership, Organisation, User
from accounts.services import invitations, notices, sessions
from accounts.site import KeptInline, KeptModelAdmin

# Registered by packages. Groups grant nothing here, and the other two hold what nobody should read or change.
for unwanted in (Group, EmailAddress, Authenticator):
    admin.site.unregister(unwanted)


NOT_TOLD = _("The person could not be told by mail, so nothing was changed. Try again in a few minutes.")
OWN_SECOND_FACTOR = _(
    "You cannot remove your own second factor here: turn it off in your profile, or ask another administrator."
)
OWN_ROLES = _("You cannot give yourself a role or change one that you hold. Ask another administrator.")


class MembershipFormSet(forms.BaseInlineFormSet):
    """Set by the admin: `editor`, who cannot widen their own rights."""

    editor: User

    def clean(self):
        super().clean()
        if self.instance == self.editor and self.has_changed():
            raise forms.ValidationError(OWN_ROLES)


class MembershipForm(forms.ModelForm):
    """As MembershipFormSet, for one row by itself: neither one's own made another's, nor the reverse."""

    editor: User

    def clean(self):
        given = super().clean() or self.cleaned_data
        if self.editor in {given.get("user"), self.instance.user if self.instance.pk else None}:
            raise forms.ValidationError(OWN_ROLES)
        return given


class MembershipInline(KeptInline):
    model = Membership
    formset = MembershipFormSet
    select_related = ("user", "organisation")
    fields = ["organisation", "role", "starts_on", "ends_on", "is_alternate"]

    def get_formset(self, request, obj=None, **kwargs):
        return by_editor(super().get_formset(request, obj, **kwargs), request)


def by_editor(form: type, request) -> type:
    """The form class, or formset class, that knows who edits."""
    return type(form.__name__, (form,), {"editor": request.user})


class UserForm(forms.ModelForm):
    """Set by the admin: `editor`, who must not lock themselves out."""

    editor: User

    def clean_email(self):
        return self.cleaned_data["email"].lower()

    def clean_is_active(self):
        active = self.cleaned_data["is_active"]
        if not active and self.instance == self.editor:
            raise forms.ValidationError(_("You cannot deactivate yourself. Ask another administrator."))
        return active


@admin.register(User)
class UserAdmin(KeptModelAdmin):
    """People come by invitation and stay: whoever leaves is deactivated or their memberships end."""

    form = UserForm
    fields = ["email", "name", "language", "is_active", "date_joined", "last_login"]
    readonly_fields = ["date_joined", "last_login"]
    list_display = ["name", "email", "is_active", "last_login"]
    list_filter = ["is_active", "memberships__role", "memberships__organisation"]
    search_fields = ["name", "email"]
    inlines = [MembershipInline]
    actions = ["deactivate", "reset_second_factor"]

    def has_add_permission(self, request):
        return False

    def get_form(self, request, obj=None, change=False, **kwargs):
        return by_editor(super().get_form(request, obj, change, **kwargs), request)

    def changeform_view(self, request, *args, **kwargs):
        try:
            return super().changeform_view(request, *args, **kwargs)
        except notices.NoticeNotSent:
            self.message_user(request, NOT_TOLD, messages.ERROR)
            return HttpResponseRedirect(request.path)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # allauth would go on accepting an earlier address that it has noted.
            EmailAddress.objects.filter(user=obj).delete()
            notices.email_changed(person=obj, earlier=form.initial["email"], user=request.user)

    @admin.action(description=_("Deactivate: log out at once, no more login"))
    def deactivate(self, request, queryset):
        people = list(queryset.filter(is_active=True).exclude(pk=request.user.pk))
        for person in people:
            person.is_active = False
            person.save(update_fields=["is_active"])
            self.log_change(request, person, "deactivated")
        text = ngettext("%(count)d person is deactivated.", "%(count)d people are deactivated.", len(people))
        self.message_user(request, text % {"count": len(people)}, messages.SUCCESS if people else messages.WARNING)

    @admin.action(description=_("Remove the second factor (lost telephone)"))
    def reset_second_factor(self, request, queryset):
        if queryset.filter(pk=request.user.pk).exists():
            self.message_user(request, OWN_SECOND_FACTOR, messages.ERROR)
            return
        people = list(queryset.filter(authenticator__isnull=False).distinct())
        try:
            with transaction.atomic():
                for person in people:
                    Authenticator.objects.filter(user=person).delete()
                    sessions.end_all(person)
                    self.log_change(request, person, "second factor removed")
                    notices.second_factor_removed(person=person, user=request.user)
        except notices.NoticeNotSent:
            self.message_user(request, NOT_TOLD, messages.ERROR)
            return
        text = ngettext(
            "%(count)d person sets up two-factor authentication anew.",
            "%(count)d people set up two-factor authentication anew.",
            len(people),
        )
        self.message_user(request, text % {"count": len(people)}, messages.SUCCESS if people else messages.WARNING)


@admin.register(Organisation)
class OrganisationAdmin(KeptModelAdmin):
    list_display = ["name_en", "abbreviation", "kind", "parent", "position"]
    list_filter = ["kind"]
    list_select_related = ["parent"]
    search_fields = ["name_en", "name_nb", "name_nn", "code", "abbreviation"]
    autocomplete_fields = ["parent"]

    def get_readonly_fields(self, request, obj=None):
        # Addresses are made of the code.
        return ["code"] if obj else []


@admin.register(Membership)
class MembershipAdmin(KeptModelAdmin):
    list_display = ["user", "role", "organisation", "starts_on", "ends_on", "is_alternate"]
    list_filter = ["role", "organisation"]
    list_select_related = ["user", "organisation"]
    search_fields = ["user__name", "user__email"]
    autocomplete_fields = ["user", "organisation"]
    date_hierarchy = "starts_on"
    form = MembershipForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        return by_editor(super().get_form(request, obj, change, **kwargs), request)


class InvitationForm(forms.ModelForm):
    """Asks the service before it saves, so that its refusal stands at the form."""

    editor: User

    def clean(self):
        given = super().clean() or self.cleaned_data
        if given.keys() >= {"email", "organisation", "role"}:
            invitations.refuse(
                user=self.editor, email=given["email"], organisation=given["organisation"], role=given["role"]
            )
        return given


@admin.register(Invitation)
class InvitationAdmin(KeptModelAdmin):
    """Making one sends the mail; the link is in the mail alone. A closed one is history, so none is changed."""

    fields = ["name", "email", "organisation", "role", "ends_on"]
    list_display = ["name", "email", "role", "organisation", "invited_by", "expires_at", "accepted_at"]
    list_filter = ["role", "organisation"]
    list_select_related = ["organisation", "invited_by"]
    search_fields = ["name", "email"]
    autocomplete_fields = ["organisation"]
    form = InvitationForm

    def get_form(self, request, obj=None, change=False, **kwargs):
        return by_editor(super().get_form(request, obj, change, **kwargs), request)

    def has_change_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        values = {name: form.cleaned_data[name] for name in ("name", "email", "organisation", "role", "ends_on")}
        try:
            sent = invitations.invite(user=request.user, **values)
        except invitations.InvitationNotSent:
            sent = Invitation.objects.filter(email=obj.email.strip().lower()).latest("created_at")
            self.message_user(
                request, _("The mail could not be sent; the invitation is closed. Invite again."), messages.ERROR
            )
        # The service wrote the row; what Django logs and links is that one.
        obj.pk = sent.pk

    def response_add(self, request, obj, post_url_continue=None):
        if Invitation.objects.get(pk=obj.pk).is_open:
            return super().response_add(request, obj, post_url_continue)
        return HttpResponseRedirect(reverse("admin:accounts_invitation_changelist"))
