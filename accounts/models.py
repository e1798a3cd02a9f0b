"""People, the organisations they work for, and the roles they hold there from a day to a day."""

import datetime

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.enums import COORDINATOR_CODE, COORDINATOR_ROLES, KINDS_BY_ROLE, OrganisationKind, Role
from accounts.validators import validate_name
from common.dates import today
from common.localised import localised


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields):
        """Make a person; without a password they cannot log in until they accept an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username):
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person. What they may do follows from their memberships alone: there is no superuser."""

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=150, validators=[validate_name])
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("An inactive person is logged out at once and cannot log in.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)
    session_epoch = models.PositiveIntegerField(_("times that all sessions were ended"), default=0, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("A person with this e-mail address exists already."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    # A session holds this hash and ends when it no longer fits: after a new password, and when the epoch moves on.
    def get_session_auth_hash(self):
        return self._hash_for_session(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self):
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._hash_for_session(secret)

    def _hash_for_session(self, secret: str | bytes) -> str:
        salt, value = "accounts.models.User.session", f"{self.session_epoch} {self.password}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    @property
    def is_staff(self) -> bool:
        """Django's admin asks this; here an administrator is one by membership."""
        return any(membership.role == Role.ADMINISTRATOR for membership in self.memberships_today)

    @property
    def memberships_today(self) -> list["Membership"]:
        """The memberships in force today in Europe/Oslo, asked once per copy of the row (that is, per request)."""
        if not self.is_active:
            return []
        if "_memberships_today" not in self.__dict__:
            self.__dict__["_memberships_today"] = list(
                self.memberships.in_force(today()).select_related("organisation__parent").order_by("pk")
            )
        return self.__dict__["_memberships_today"]

    # Django's admin asks these three; the administrators' site has no finer division than the role.
    def has_perm(self, perm, obj=None) -> bool:
        return self.is_active and self.is_staff

    def has_perms(self, perm_list, obj=None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label) -> bool:
        return self.is_active and self.is_staff


class Organisation(models.Model):
    """A ministry, an agency under it, a mission, Norad, a civil-society organisation or an oversight body."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Used in addresses; it never changes."))
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_nb = models.CharField(_("name in bokmål"), max_length=200, blank=True)
    name_nn = models.CharField(_("name in nynorsk"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=20, blank=True, help_text=_("MFA, Defence, …"))
    abbreviation_nb = models.CharField(_("Norwegian abbreviation"), max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("The order in tables."))
    parent = models.ForeignKey(
        "self",
        verbose_name=_("under"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="agencies",
        help_text=_("The ministry that an agency belongs to."),
    )

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["position", "name_en"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=OrganisationKind.AGENCY) | Q(parent__isnull=False),
                name="organisation_agency_has_parent",
                violation_error_message=_("An agency belongs to a ministry: name it."),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def name(self) -> str:
        return localised(self, "name")


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day: datetime.date):
        """Memberships that hold on `day`, its first and last day included."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day, user__is_active=True)


def check_role(organisation: Organisation, role: str) -> None:
    """Raise ValidationError when the role does not exist in this organisation."""
    if organisation.kind not in KINDS_BY_ROLE[Role(role)]:
        raise ValidationError({"role": _("This role does not exist in this kind of organisation.")})
    if role in COORDINATOR_ROLES and organisation.code != COORDINATOR_CODE:
        raise ValidationError({"role": _("Only the Ministry of Foreign Affairs has this role.")})


class Membership(models.Model):
    """One role in one organisation, from a day to a day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("person"), on_delete=models.PROTECT, related_name="memberships"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("to"), null=True, blank=True, help_text=_("The last day; empty while it goes on."))
    is_alternate = models.BooleanField(
        _("alternate"), default=False, help_text=_("Stands in for the main focal point.")
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "role", "starts_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation", "role", "starts_on"],
                name="membership_once",
                violation_error_message=_("This person holds this role from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_start",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}, {self.organisation}"

    def clean(self):
        if self.organisation_id and self.role in Role:
            check_role(self.organisation, self.role)


class InvitationQuerySet(models.QuerySet):
    def open(self, now: datetime.datetime):
        """Invitations that can be accepted at this moment."""
        return self.filter(accepted_at__isnull=True, expires_at__gt=now)

    def for_user(self, user):
        """Administrators see every invitation, a focal point those to the ministry and the agencies under it."""
        if any(membership.role == Role.ADMINISTRATOR for membership in user.memberships_today):
            return self
        ministries = [
            membership.organisation_id for membership in user.memberships_today if membership.role == Role.FOCAL_POINT
        ]
        return self.filter(
            Q(organisation__in=ministries) | Q(organisation__parent__in=ministries), role=Role.CONTRIBUTOR
        )


class Invitation(models.Model):
    """A one-time link by mail that lets a person set a password and take up a role. Only the token's hash is kept."""

    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("name"), max_length=150, validators=[validate_name])
    organisation = models.ForeignKey(Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    ends_on = models.DateField(_("membership until"), null=True, blank=True)
    token_hash = models.CharField(_("token hash"), max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]

    def __str__(self):
        return f"{self.email} → {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.accepted_at is None and self.expires_at > timezone.now()

    def clean(self):
        if self.organisation_id and self.role in Role:
            check_role(self.organisation, self.role)
        if self.ends_on and self.ends_on < today():
            raise ValidationError({"ends_on": _("This day has passed.")})
