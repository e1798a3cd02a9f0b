"""Ask the serving process of this container whether it is alive; exit 1 unless it answers 200.

The request names the public host and https, as the proxy does, because any other host is refused.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit


def status(bind: str, base_url: str) -> int:
    """The HTTP status of `/healthz` on `bind` (host:port), asked under the host of `base_url`."""
    port = int(bind.rpartition(":")[2])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=4)
    connection.request("GET", "/healthz", headers={"Host": urlsplit(base_url).netloc, "X-Forwarded-Proto": "https"})
    return connection.getresponse().status


if __name__ == "__main__":
    answered = status(os.environ.get("BIND", "127.0.0.1:8000"), os.environ["BASE_URL"])
    print(f"/healthz answered {answered}")
    sys.exit(0 if answered == 200 else 1)
