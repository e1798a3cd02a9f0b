"""A ministry's report for one round."""

from django.db import models
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from accounts import policy as accounts_policy
from accounts.enums import Role
from actionpoints.models import Ministry
from common.dates import has_passed, today
from reporting.collection.enums import EntryState, MinistryReportState, RoundState
from reporting.collection.models.round import Round


class MinistryReportQuerySet(models.QuerySet):
    def for_user(self, user):
        """The coordinators and auditors see all; focal points and contributors those of their own ministry."""
        if accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user):
            return self
        return self.filter(ministry__in=accounts_policy.ministry_ids(user, Role.FOCAL_POINT, Role.CONTRIBUTOR))

    def with_progress(self):
        """Adds `entry_count` and `ready_count`."""
        return self.annotate(
            entry_count=Count("entries"), ready_count=Count("entries", filter=Q(entries__state=EntryState.READY))
        )


class MinistryReport(models.Model):
    """What one ministry reports for one round: an entry per action point that it leads that year."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="reports")
    ministry = models.ForeignKey(
        Ministry, verbose_name=_("ministry"), on_delete=models.PROTECT, related_name="reports"
    )
    state = models.CharField(_("state"), max_length=10, choices=MinistryReportState, default=MinistryReportState.DRAFT)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    extended_to = models.DateField(
        _("late submission granted to"), null=True, blank=True, help_text=_("The last day, in Europe/Oslo.")
    )

    objects = MinistryReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("ministry report")
        verbose_name_plural = _("ministry reports")
        ordering = ["round", "ministry__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "ministry"],
                name="ministry_report_once",
                violation_error_message=_("This ministry has a report in this round already."),
            ),
            models.CheckConstraint(
                condition=Q(state=MinistryReportState.DRAFT) | Q(submitted_at__isnull=False),
                name="ministry_report_submitted_has_time",
                violation_error_message=_("A report that was submitted says when."),
            ),
            models.CheckConstraint(
                condition=Q(state=MinistryReportState.ACCEPTED, accepted_at__isnull=False)
                | (~Q(state=MinistryReportState.ACCEPTED) & Q(accepted_at__isnull=True)),
                name="ministry_report_accepted_has_time",
                violation_error_message=_("An accepted report, and only an accepted report, says when."),
            ),
        ]

    def __str__(self):
        return f"{self.ministry} {self.round}"

    @property
    def due_on(self):
        """The day by which this ministry reports: the round's deadline, or the later day granted to it."""
        return max(self.round.ministries_due_on, self.extended_to or self.round.ministries_due_on)

    @property
    def days_left(self) -> int:
        """Days until this ministry's deadline, negative once it is over."""
        return (self.due_on - today()).days

    @property
    def is_overdue(self) -> bool:
        """Whether a first submission is late. A returned report was handed in, and has no deadline of its own."""
        return self.state == MinistryReportState.DRAFT and has_passed(self.due_on)

    @property
    def is_shut_out(self) -> bool:
        """Whether the round was closed before a first submission that would be in time, and no later day is granted."""
        granted = self.extended_to is not None and not has_passed(self.extended_to)
        closed = self.round.state not in (RoundState.PLANNED, RoundState.OPEN)
        return self.state == MinistryReportState.DRAFT and closed and not granted and not self.is_overdue

    @property
    def is_open_for_writing(self) -> bool:
        """Drafts are saved after every deadline; what was handed in is open again only when it came back."""
        return self.state in (MinistryReportState.DRAFT, MinistryReportState.RETURNED)
