from django.apps import AppConfig

from common.checks import register_checks


class CommonConfig(AppConfig):
    name = "common"

    def ready(self):
        register_checks()
