"""A person at the other end of an HTTP connection."""

import re

import httpx


class Person:
    """A browser without a screen: keeps cookies, sends the token of the form, follows redirects like a reader would."""

    def __init__(self, base_url: str, email: str = "", password: str = ""):
        self.client = httpx.Client(base_url=base_url, follow_redirects=True, timeout=60)
        self.email = email
        if email:
            self._log_in(email, password)

    def close(self) -> None:
        """End the connections."""
        self.client.close()

    def _log_in(self, email: str, password: str) -> None:
        self.get("/accounts/login/")
        response = self.post("/accounts/login/", {"login": email, "password": password})
        if response.url.path == "/accounts/login/":
            raise AssertionError(f"{email} could not log in")

    def get(self, path: str, *, status: int = 200) -> httpx.Response:
        """GET and insist on the status."""
        return self._checked(self.client.get(path), status)

    def post(self, path: str, data: dict | None = None, *, status: int = 200) -> httpx.Response:
        """POST with the token, follow the redirect, insist on the last status."""
        token = self.client.cookies.get("csrf") or self.client.cookies.get("__Host-csrf") or ""
        return self._checked(self.client.post(path, data={"csrfmiddlewaretoken": token, **(data or {})}), status)

    def version_of(self, path: str) -> str:
        """The version that the form at `path` would send."""
        found = re.search(r'name="version"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="version"', self.get(path).text)
        if found is None:
            raise AssertionError(f"{path} holds no version field")
        return found[1] or found[2]

    @staticmethod
    def _checked(response: httpx.Response, status: int) -> httpx.Response:
        if response.status_code != status:
            words = re.sub(r"<[^>]+>|\s+", " ", response.text)
            raise AssertionError(
                f"{response.request.method} {response.url}: {response.status_code}, not {status}: {words[:1500]}"
            )
        return response
