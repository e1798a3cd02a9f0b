"""What `check --deploy` says of settings that start, but that nobody should publish a portal with."""

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register

CONSOLE = "django.core.mail.backends.console.EmailBackend"


def demonstration(app_configs, **kwargs) -> list[CheckMessage]:
    """A demonstration under a public address: whether a second factor is asked for must have been decided."""
    if not (settings.DEMONSTRATION and settings.SECURE) or settings.SECOND_FACTOR_DECIDED:
        return []
    return [
        Warning(
            "DEMONSTRATION is on under an https address, so nobody is asked for a second factor.",
            hint="Unset DEMONSTRATION, or say SECOND_FACTOR_REQUIRED=true or false.",
            id="portal.W001",
        )
    ]


def mail(app_configs, **kwargs) -> list[CheckMessage]:
    """Invitations and password links that are printed instead of sent end in the log, where others read them."""
    if not settings.SECURE or settings.EMAIL_BACKEND != CONSOLE:
        return []
    return [
        Warning(
            "Mail is printed to the console: nobody gets it, and its secret links end in the log.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.server:587.",
            id="portal.W002",
        )
    ]


def register_checks() -> None:
    register(demonstration, Tags.security, deploy=True)
    register(mail, Tags.security, deploy=True)
