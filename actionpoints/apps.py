from django.apps import AppConfig
from django.db.models import Max, Min
from django.utils.translation import gettext_lazy as _

from common.years import reads_plan_years


class ActionPointsConfig(AppConfig):
    name = "actionpoints"
    verbose_name = _("The plan")

    def ready(self):
        plans = self.get_model("Plan")._default_manager

        @reads_plan_years
        def years() -> tuple[int, int] | None:
            found = plans.aggregate(first=Min("first_year"), last=Max("last_year"))
            return None if found["first"] is None else (found["first"], found["last"])
