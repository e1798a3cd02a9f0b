"""Snapshots, builds and publications. Each is written once; what was published never changes."""

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import policy as accounts_policy
from common.enums import JobState
from common.models import Job
from reporting.collection.models import Round


class Snapshot(models.Model):
    """The frozen, allow-listed content of a round. The same content is kept once, under its first day."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="snapshots")
    content = models.JSONField(_("content"))
    content_hash = models.CharField(
        _("content hash"), max_length=64, help_text=_("SHA-256 of the content without its day, keys sorted.")
    )
    taken_at = models.DateTimeField(_("taken at"), auto_now_add=True)

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "content_hash"],
                name="snapshot_once",
                violation_error_message=_("This content of the round is kept already."),
            ),
        ]

    def __str__(self):
        return f"{self.round} {self.content_hash[:12]}"


class BuildQuerySet(models.QuerySet):
    def for_user(self, user):
        if accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user):
            return self
        return self.none()


class Build(models.Model):
    """One compilation of a snapshot. Its state and progress are the job's; the files lie in `directory`."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="builds")
    number = models.PositiveIntegerField(_("number"))
    snapshot = models.ForeignKey(Snapshot, verbose_name=_("snapshot"), on_delete=models.PROTECT, related_name="builds")
    job = models.OneToOneField(Job, verbose_name=_("job"), on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("requested by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty when it was made from the command line."),
    )
    tried_again_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tried again by"),
        blank=True,
        related_name="+",
        help_text=_(
            "Whoever had a failed build tried again has asked for it too, and leaves its publication to others."
        ),
    )
    requested_at = models.DateTimeField(_("requested at"), auto_now_add=True)
    edition = models.PositiveSmallIntegerField(
        _("edition"), default=1, help_text=_("As it is printed in the imprint: the one after the last published.")
    )
    files = models.JSONField(
        _("files"),
        default=dict,
        blank=True,
        help_text=_("Each finished file, its SHA-256 and its size. No other can be read."),
    )
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    seconds = models.FloatField(_("seconds"), null=True, blank=True)
    pdf_hash = models.CharField(_("SHA-256 of the PDF"), max_length=64, blank=True)

    objects = BuildQuerySet.as_manager()

    class Meta:
        verbose_name = _("build")
        verbose_name_plural = _("builds")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "number"],
                name="build_number_unique",
                violation_error_message=_("This round has a build with this number already."),
            ),
        ]

    def __str__(self):
        return f"{self.round} build {self.number}"

    @property
    def directory(self) -> Path:
        """Where the finished files lie: body.html, report.pdf, figures/."""
        return settings.PORTAL_VAR / "builds" / str(self.round.year) / str(self.number)

    @property
    def published_as(self) -> "Publication | None":
        """The edition that this build became, if it was published."""
        return getattr(self, "publication", None)

    @property
    def pdf_bytes(self) -> int:
        """The size of the PDF; 0 while there is none."""
        return self.files.get("report.pdf", {}).get("bytes", 0)

    @property
    def has_succeeded(self) -> bool:
        return self.job is not None and self.job.state == JobState.SUCCEEDED

    @property
    def has_failed(self) -> bool:
        return self.job is not None and self.job.state == JobState.FAILED


class Publication(models.Model):
    """A build made public, by somebody else than the person who asked for it. It never changes."""

    build = models.OneToOneField(Build, verbose_name=_("build"), on_delete=models.PROTECT, related_name="publication")
    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="publications")
    edition = models.PositiveSmallIntegerField(_("edition"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("build requested by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("published by"), on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), auto_now_add=True)
    erratum = models.TextField(
        _("Erratum"), blank=True, help_text=_("What this edition corrects. Required from the second edition on.")
    )

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        ordering = ["-round__year", "-edition"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "edition"],
                name="publication_edition_unique",
                violation_error_message=_("This edition exists already."),
            ),
            models.CheckConstraint(
                condition=Q(requested_by__isnull=True) | ~Q(published_by=F("requested_by")),
                name="publication_by_second_person",
                violation_error_message=_("Somebody else than the person who asked for the build publishes it."),
            ),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(erratum=""),
                name="publication_correction_has_erratum",
                violation_error_message=_("Say what the new edition corrects."),
            ),
        ]

    def __str__(self):
        return f"{self.round} edition {self.edition}"
