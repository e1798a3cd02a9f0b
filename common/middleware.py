"""Response headers that no library of ours writes, and addresses that no page has."""

from django.http import Http404

PERMISSIONS_POLICY = (
    "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
)


class ResponseHeadersMiddleware:
    """Permissions-Policy everywhere; nothing that a logged-in person saw is kept by a cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if response.status_code >= 500 or self._is_personal(request):
            response.headers["Cache-Control"] = "no-store"
        return response

    @staticmethod
    def _is_personal(request) -> bool:
        """Whether the answer can depend on who asked. A session that nobody looked into is not opened for this."""
        session = getattr(request, "session", None)
        return session is not None and session.accessed and request.user.is_authenticated


class NulIsNowhereMiddleware:
    """No address holds NUL: 404. PostgreSQL refuses to look for such a text, which would be our error, 500."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:
            raise Http404
        return self.get_response(request)
