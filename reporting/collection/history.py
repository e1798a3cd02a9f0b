"""What has happened to a round or a report, for the pages that tell it."""

from django.db.models import Model
from django.utils.translation import gettext as _

from common.models import TransitionRecord
from reporting.collection.enums import MinistryReportState
from reporting.collection.models import MinistryReport


def history(instance: Model, labels: dict) -> list[dict]:
    """The logged steps, oldest first, as the timeline takes them. `labels` are the names of the states."""
    return [
        {
            "at": record.at,
            "user": record.user or _("the portal"),
            "from_label": labels[record.from_state],
            "to_label": labels[record.to_state],
            "to_state": record.to_state,
            "comment": record.comment,
            "on_behalf_of": record.on_behalf_of,
        }
        for record in TransitionRecord.objects.of(instance).select_related("user", "on_behalf_of")
    ]


def last_submission(report: MinistryReport) -> TransitionRecord | None:
    return TransitionRecord.objects.of(report).filter(name="submit").select_related("user").last()


def last_return(report: MinistryReport) -> TransitionRecord | None:
    """Why the report is with the ministry again; None unless it came back."""
    if report.state != MinistryReportState.RETURNED:
        return None
    returns = TransitionRecord.objects.of(report).filter(to_state=MinistryReportState.RETURNED)
    return returns.select_related("user").last()
