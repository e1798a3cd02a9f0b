"""The MFA's text for one action point or chapter of one round in one language, and the entries it rests on."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import policy as accounts_policy
from actionpoints.models import ActionPoint
from reporting.collection.models import Entry, Round
from reporting.synthesis.enums import Chapter, SynthesisState


class SynthesisQuerySet(models.QuerySet):
    def for_user(self, user):
        """The coordinators and auditors see the desk; nobody else does before publication."""
        if accounts_policy.is_coordinator(user) or accounts_policy.is_auditor(user):
            return self
        return self.none()


class Synthesis(models.Model):
    """`services.save_synthesis` alone writes it; the row is made with the first save."""

    round = models.ForeignKey(Round, verbose_name=_("round"), on_delete=models.PROTECT, related_name="syntheses")
    action_point = models.ForeignKey(
        ActionPoint,
        verbose_name=_("action point"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="syntheses",
    )
    chapter = models.CharField(_("chapter"), max_length=20, choices=Chapter, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="en")
    state = models.CharField(_("state"), max_length=10, choices=SynthesisState, default=SynthesisState.NOT_BEGUN)
    text = models.TextField(
        _("Text"), blank=True, help_text=_("Paragraphs, **bold**, *italic*, lists with “- ” and tables.")
    )
    version = models.PositiveIntegerField(_("version"), default=0)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last saved by"),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
    )
    updated_at = models.DateTimeField(_("last saved at"), null=True, blank=True)

    objects = SynthesisQuerySet.as_manager()

    class Meta:
        verbose_name = _("synthesis")
        verbose_name_plural = _("syntheses")
        constraints = [
            models.UniqueConstraint(
                fields=["round", "action_point", "language"],
                condition=Q(action_point__isnull=False),
                name="synthesis_once_per_action_point",
                violation_error_message=_("This action point has a text in this language already."),
            ),
            models.UniqueConstraint(
                fields=["round", "chapter", "language"],
                condition=~Q(chapter=""),
                name="synthesis_once_per_chapter",
                violation_error_message=_("This chapter has a text in this language already."),
            ),
            models.CheckConstraint(
                condition=Q(action_point__isnull=False, chapter="") | (Q(action_point__isnull=True) & ~Q(chapter="")),
                name="synthesis_of_one_thing",
                violation_error_message=_("A synthesis belongs to an action point or to a chapter."),
            ),
            models.CheckConstraint(
                condition=Q(state=SynthesisState.NOT_BEGUN, text="") | (Q(state=SynthesisState.DRAFTED) & ~Q(text="")),
                name="synthesis_state_follows_text",
                violation_error_message=_("A text that is begun is drafted; an empty one is not begun."),
            ),
        ]

    def __str__(self):
        return f"{self.round} {self.action_point or self.chapter} ({self.language})"


class SynthesisRevision(models.Model):
    """A version of a synthesis as it was saved. Never changed."""

    synthesis = models.ForeignKey(
        Synthesis, verbose_name=_("synthesis"), on_delete=models.PROTECT, related_name="revisions"
    )
    version = models.PositiveIntegerField(_("version"))
    text = models.TextField(_("text"), blank=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), on_delete=models.PROTECT, null=True, related_name="+"
    )
    saved_at = models.DateTimeField(_("saved at"), auto_now_add=True)

    class Meta:
        verbose_name = _("revision of a synthesis")
        verbose_name_plural = _("revisions of syntheses")
        ordering = ["synthesis", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["synthesis", "version"],
                name="synthesis_revision_once",
                violation_error_message=_("This version of the text is kept already."),
            ),
        ]

    def __str__(self):
        return f"{self.synthesis} v{self.version}"


class Citation(models.Model):
    """The text rests on this version of this entry; a later version of the entry makes the text stale."""

    synthesis = models.ForeignKey(
        Synthesis, verbose_name=_("synthesis"), on_delete=models.CASCADE, related_name="citations"
    )
    entry = models.ForeignKey(Entry, verbose_name=_("entry"), on_delete=models.PROTECT, related_name="citations")
    entry_version = models.PositiveIntegerField(_("version of the entry"))

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        constraints = [
            models.UniqueConstraint(
                fields=["synthesis", "entry"],
                name="citation_once",
                violation_error_message=_("This text cites this entry already."),
            ),
        ]

    def __str__(self):
        return f"{self.synthesis} ← {self.entry}"
