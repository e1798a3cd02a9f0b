"""The two tables that every workflow stands on: durable jobs and logged transitions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.enums import JobState

# Since when a queued job has waited for a worker, or from when on it will.
DUE_SINCE = Coalesce("not_before", "queued_at")


class JobQuerySet(models.QuerySet):
    def due(self):
        """The queued jobs whose time has come, the one that has waited longest first."""
        come = Q(not_before__isnull=True) | Q(not_before__lte=timezone.now())
        return self.filter(come, state=JobState.QUEUED).order_by(DUE_SINCE, "pk")


class Job(models.Model):
    """A piece of work that outlives the request and the process that asked for it. `common.jobs` alone writes it."""

    MAX_ATTEMPTS = 3

    kind = models.CharField(_("kind"), max_length=50)
    subject_id = models.BigIntegerField(_("subject"), help_text=_("The row that the work is about."))
    idempotency_key = models.CharField(_("idempotency key"), max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    progress_label = models.CharField(_("at work on"), max_length=200, blank=True)
    lease_owner = models.CharField(_("worker"), max_length=100, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)
    handed_at = models.DateTimeField(_("handed to the broker at"), null=True, blank=True)
    error = models.TextField(_("reason of failure"), blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    queued_at = models.DateTimeField(
        _("queued at"),
        default=timezone.now,
        help_text=_("When it last began to wait: first, by a retry, taken back or postponed."),
    )
    not_before = models.DateTimeField(
        _("not before"), null=True, blank=True, help_text=_("A postponed job is not begun before this moment.")
    )
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [models.Index(fields=["state", "lease_until"], name="job_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state=JobState.RUNNING, lease_until__isnull=False)
                | Q(state__in=[JobState.QUEUED, JobState.SUCCEEDED, JobState.FAILED], lease_until__isnull=True),
                name="job_lease_only_while_running",
                violation_error_message=_("A job holds a lease exactly while it runs."),
            ),
            models.CheckConstraint(
                condition=(Q(state=JobState.FAILED) & ~Q(error="")) | (~Q(state=JobState.FAILED) & Q(error="")),
                name="job_failed_with_reason",
                violation_error_message=_("A failed job, and only a failed job, has a reason."),
            ),
            models.CheckConstraint(
                condition=Q(state=JobState.QUEUED) | Q(not_before__isnull=True),
                name="job_not_before_only_while_queued",
                violation_error_message=_("Only a queued job waits for a moment."),
            ),
            models.CheckConstraint(
                condition=Q(progress__lte=100),
                name="job_progress_at_most_100",
                violation_error_message=_("Progress is at most 100 per cent."),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.subject_id} ({self.state})"

    @property
    def is_finished(self) -> bool:
        return self.state in (JobState.SUCCEEDED, JobState.FAILED)


class TransitionRecordQuerySet(models.QuerySet):
    def of(self, instance):
        """The records of one row, oldest first."""
        return self.filter(workflow=instance._meta.label_lower, subject_id=instance.pk).order_by("at", "pk")


class TransitionRecord(models.Model):
    """Who moved what from which state to which, when, on whose behalf and with what comment. Never changed."""

    workflow = models.CharField(_("workflow"), max_length=100)
    subject_id = models.BigIntegerField(_("subject"))
    name = models.CharField(_("transition"), max_length=50)
    from_state = models.CharField(_("from"), max_length=20)
    to_state = models.CharField(_("to"), max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    on_behalf_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("on behalf of"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    comment = models.TextField(_("comment"), blank=True)
    at = models.DateTimeField(_("at"), auto_now_add=True)

    objects = TransitionRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        indexes = [models.Index(fields=["workflow", "subject_id", "at"], name="transition_by_subject")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name__in=["return", "reopen", "open_again"]) | ~Q(comment=""),
                name="transition_back_has_comment",
                violation_error_message=_("A return and a reopening need a comment."),
            ),
        ]

    def __str__(self):
        return f"{self.workflow} {self.subject_id}: {self.from_state} → {self.to_state}"
