"""What a request tells about the page that it was sent from."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def page_of_form(request: HttpRequest) -> str:
    """The path and query of this site's page that the request was sent from; "" when it does not say, or came from elsewhere."""
    address = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return ""
    parts = urlsplit(address)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    # "https://this.site//elsewhere/" is of this site, its path alone would lead elsewhere.
    return path if url_has_allowed_host_and_scheme(path, allowed_hosts=None) else ""
