from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PriorityCountriesConfig(AppConfig):
    name = "priority_countries"
    verbose_name = _("Priority countries and forums")
