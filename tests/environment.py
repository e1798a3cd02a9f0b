"""The settings that the tests run on, whatever `.env` and the shell say; a pytest plugin, so that it comes before Django.

The servers are chosen outside: DATABASE_URL and REDIS_URL are left as they are (scripts/test sets or clears them).
"""

import os
import tempfile

CHOSEN_BY_THE_TESTS = (
    "BASE_URL",
    "ALLOWED_HOSTS",
    "DEBUG",
    "EMAIL_URL",
    "SECOND_FACTOR_REQUIRED",
    "TRUSTED_PROXY_COUNT",
)

for name in CHOSEN_BY_THE_TESTS:
    os.environ.pop(name, None)
os.environ.update(
    {"DOTENV": "", "SECRET_KEY": "a-key-for-tests-alone-that-signs-nothing-else", "DEMONSTRATION": "true"}
)
if "PORTAL_VAR" not in os.environ:
    os.environ["PORTAL_VAR"] = tempfile.mkdtemp(prefix="portal-tests-")
