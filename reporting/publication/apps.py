from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "reporting.publication"

    def ready(self):
        from reporting.publication import tasks  # noqa: F401 - registers the build's job handler
