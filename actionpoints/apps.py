from django.apps import AppConfig


class ActionpointsConfig(AppConfig):
    name = "actionpoints"
