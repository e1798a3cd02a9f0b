from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "reporting.collection"
