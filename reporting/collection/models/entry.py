"""What a ministry reports on one action point in one round, every version of it, and what is said about it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import policy as accounts_policy
from accounts.enums import Role
from actionpoints.models import ActionPoint, ActionPointText, Resolution
from priority_countries.models import Country, Forum
from reporting.collection.enums import ChangeKind, EntryState, ResultKind, Status
from reporting.collection.models.report import MinistryReport


class EntryQuerySet(models.QuerySet):
    def for_user(self, user):
        """As the reports; a contributor sees the entries assigned to them and no others."""
        if accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user):
            return self
        return self.filter(
            Q(report__ministry__in=accounts_policy.organisation_ids(user, Role.FOCAL_POINT))
            | Q(
                pk__in=EntryAssignment.objects.filter(user=user).values("entry"),
                report__ministry__in=accounts_policy.ministry_ids(user, Role.CONTRIBUTOR),
            )
        )

    def of_year_before(self, report):
        """The same ministry's entries of the round of the year before."""
        return self.filter(report__ministry=report.ministry_id, report__round__year=report.round.year - 1)

    def in_plan_order(self):
        return self.order_by(
            "action_point__section__theme__number",
            "action_point__section__position",
            "action_point__position",
            "position",
        )


class Entry(models.Model):
    """One cell of the round: action point × lead ministry. `services.entries.save_entry` alone writes its text."""

    TEXT_FIELDS = (
        "headline_result",
        "efforts",
        "results",
        "problems",
        "problems_follow_up",
        "next_steps",
        "evidence",
        "partners",
        "internal_note",
    )
    CHOICE_FIELDS = ("status", "change_kind", "result_kind")
    TAG_FIELDS = ("countries", "forums", "resolutions")

    report = models.ForeignKey(
        MinistryReport, verbose_name=_("report"), on_delete=models.PROTECT, related_name="entries"
    )
    action_point = models.ForeignKey(
        ActionPoint, verbose_name=_("action point"), on_delete=models.PROTECT, related_name="entries"
    )
    wording = models.ForeignKey(
        ActionPointText, verbose_name=_("wording in force"), on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField(_("position among the leads"))
    state = models.CharField(_("state"), max_length=10, choices=EntryState, default=EntryState.EMPTY)

    headline_result = models.CharField(
        _("Headline result"),
        max_length=300,
        blank=True,
        help_text=_("One sentence: what is different now? Write the result, not the activity."),
    )
    efforts = models.TextField(
        _("Efforts"), blank=True, help_text=_("What the ministry and its agencies did this year on this action point.")
    )
    results = models.TextField(
        _("Results"),
        blank=True,
        help_text=_("What changed as a consequence, for whom. Give figures as “18 of 42” with their date."),
    )
    problems = models.TextField(
        _("Problems"),
        blank=True,
        help_text=_("What went wrong or did not move, and why. If there were none, say so and say how you know."),
    )
    problems_follow_up = models.TextField(
        _("What happened to last year’s problems"),
        blank=True,
        help_text=_("Take last year’s problems one by one: solved, continues, or no longer relevant."),
    )
    next_steps = models.TextField(_("Next steps"), blank=True, help_text=_("What is planned for the coming year."))
    status = models.CharField(_("Status"), max_length=15, choices=Status, blank=True)
    change_kind = models.CharField(_("Is this because of the plan?"), max_length=15, choices=ChangeKind, blank=True)
    result_kind = models.CharField(
        _("Kind of result"),
        max_length=15,
        choices=ResultKind,
        blank=True,
        help_text=_("What does the headline describe?"),
    )
    evidence = models.TextField(
        _("Evidence"),
        blank=True,
        help_text=_("Where this can be checked: statistics, an evaluation, minutes, with the date. Not published."),
    )
    partners = models.CharField(_("Partners"), max_length=500, blank=True)
    countries = models.ManyToManyField(Country, verbose_name=_("Countries"), blank=True, related_name="+")
    forums = models.ManyToManyField(Forum, verbose_name=_("Forums"), blank=True, related_name="+")
    resolutions = models.ManyToManyField(Resolution, verbose_name=_("Resolutions"), blank=True, related_name="+")
    internal_note = models.TextField(
        _("Internal note"), blank=True, help_text=_("For colleagues in the ministries. Never published.")
    )
    do_no_harm = models.BooleanField(
        _("Do no harm"),
        default=False,
        help_text=_("Publishing this could put somebody in danger. The MFA reads it; nothing of it is published."),
    )

    version = models.PositiveIntegerField(_("version"), default=1)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last saved by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("last saved at"), null=True, blank=True)
    contributors = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("contributors"),
        through="EntryAssignment",
        through_fields=("entry", "user"),
        related_name="assigned_entries",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "action_point"],
                name="entry_once",
                violation_error_message=_("This report has an entry on this action point already."),
            ),
        ]

    def __str__(self):
        return f"{self.action_point} {self.report}"


class EntryAssignment(models.Model):
    """A contributor may write this entry."""

    entry = models.ForeignKey(Entry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="assignments")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("contributor"), on_delete=models.PROTECT, related_name="+"
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("assigned by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    assigned_at = models.DateTimeField(_("assigned at"), auto_now_add=True)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "user"],
                name="entry_assigned_once",
                violation_error_message=_("This entry is assigned to this person already."),
            ),
        ]

    def __str__(self):
        return f"{self.entry}: {self.user}"


class EntryRevision(models.Model):
    """A version of an entry as it was saved. Never changed, so that nothing that was typed is lost."""

    entry = models.ForeignKey(Entry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"), help_text=_("Every field of the form, tags as codes."))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["entry", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "version"],
                name="entry_revision_once",
                violation_error_message=_("This version of the entry is kept already."),
            ),
        ]

    def __str__(self):
        return f"{self.entry} v{self.version}"


class Comment(models.Model):
    """A remark on an entry, between the MFA and the ministry. Never published."""

    entry = models.ForeignKey(Entry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("Comment"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="comment_has_text",
                violation_error_message=_("Write the comment before you send it."),
            ),
        ]

    def __str__(self):
        return f"{self.entry}: {self.author}"
