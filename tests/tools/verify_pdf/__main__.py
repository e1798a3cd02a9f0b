"""Check the files named on the command line; exit 1 when one breaks a rule."""

import sys
from pathlib import Path

from tests.tools.verify_pdf import PROFILES, missing, verify

if missing():
    sys.exit(missing())
broken = {name: verify(Path(name)) for name in sys.argv[1:]}
for name, rules in broken.items():
    print(f"{name}: {'breaks' if rules else 'keeps to'} {' and '.join(PROFILES)}")
    for rule in rules:
        print(f"  {rule.profile} {rule.clause}, {rule.count} times: {rule.message} First at {rule.place}")
sys.exit(1 if any(broken.values()) else 0)
