from django.apps import AppConfig


class PriorityCountriesConfig(AppConfig):
    name = "priority_countries"
