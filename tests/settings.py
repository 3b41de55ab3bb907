"""The city's own settings on a data folder of its own, which goes when the tests end."""

import atexit
import os
import shutil
import tempfile

_data_dir = tempfile.mkdtemp(prefix="onewindow-test-")
atexit.register(shutil.rmtree, _data_dir, ignore_errors=True)
os.environ["ONEWINDOW_DATA_DIR"] = _data_dir
# Playwright keeps an event loop in the thread of the test; Django would refuse the ORM there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

from onewindow.project.settings import *  # noqa: E402, F403
from onewindow.project.settings import DATA_DIR, DATABASES  # noqa: E402

# Whitenoise looks there at start-up.
(DATA_DIR / "static").mkdir(exist_ok=True)
_city = DATABASES["default"]
# Threads of the live server would keep connections open, and PostgreSQL drops no database in use.
_city["CONN_MAX_AGE"] = 0
if _city["ENGINE"].endswith("sqlite3"):
    # A file, as in a city: in memory all threads would share one connection. Durability has tests of its own.
    _city["TEST"] = {"NAME": str(DATA_DIR / "test.sqlite3")}
    _city["OPTIONS"]["init_command"] = _city["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
else:
    # A test's one transaction holds what a city does in hundreds, on a machine that runs two tests at a time.
    _city["OPTIONS"]["options"] = "-c statement_timeout=90000 -c lock_timeout=5000"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Pages' queries are counted; a look by the clock would be one more, now and then.
LAW_SECONDS = None
# Most tests of money are not about budgets; those of funds turn it on.
FUND_REQUIRED = False
