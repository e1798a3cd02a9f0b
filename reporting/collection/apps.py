from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "reporting.collection"

    def ready(self):
        from reporting.collection import tasks  # noqa: F401 - registers the handlers of the mails
