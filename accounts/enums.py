"""Kinds of organisation and roles, in product order."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    AGENCY = "agency", _("Agency under a ministry")
    MISSION = "mission", _("Embassy or delegation")
    NORAD = "norad", _("Norad")
    CIVIL_SOCIETY = "civil_society", _("Civil-society organisation")
    OVERSIGHT = "oversight", _("Oversight body")


class Role(models.TextChoices):
    CONTRIBUTOR = "contributor", _("Contributor")
    FOCAL_POINT = "focal_point", _("Focal point")
    MISSION_OFFICER = "mission_officer", _("Mission officer")
    NORAD_OFFICER = "norad_officer", _("Norad officer")
    CIVIL_SOCIETY = "civil_society", _("Civil-society organisation")
    MFA_EDITOR = "mfa_editor", _("MFA editor")
    MFA_PUBLISHER = "mfa_publisher", _("MFA publisher")
    ADMINISTRATOR = "administrator", _("Administrator")
    AUDITOR = "auditor", _("Auditor")


# A second factor is asked of whoever can publish, review or change the rights of others.
SECOND_FACTOR_ROLES = (Role.MFA_EDITOR, Role.MFA_PUBLISHER, Role.ADMINISTRATOR)
# Roles that only the coordinating ministry's people can hold.
COORDINATOR_ROLES = (Role.MFA_EDITOR, Role.MFA_PUBLISHER, Role.ADMINISTRATOR)
# The organisation that coordinates the plan.
COORDINATOR_CODE = "mfa"

KINDS_BY_ROLE = {
    Role.CONTRIBUTOR: (OrganisationKind.MINISTRY, OrganisationKind.AGENCY),
    Role.FOCAL_POINT: (OrganisationKind.MINISTRY,),
    Role.MISSION_OFFICER: (OrganisationKind.MISSION,),
    Role.NORAD_OFFICER: (OrganisationKind.NORAD,),
    Role.CIVIL_SOCIETY: (OrganisationKind.CIVIL_SOCIETY,),
    Role.MFA_EDITOR: (OrganisationKind.MINISTRY,),
    Role.MFA_PUBLISHER: (OrganisationKind.MINISTRY,),
    Role.ADMINISTRATOR: (OrganisationKind.MINISTRY,),
    Role.AUDITOR: tuple(OrganisationKind),
}
