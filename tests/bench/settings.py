"""The city's settings, with the yardstick's address beside the product's."""

from onewindow.project.settings import *  # noqa: F403

ROOT_URLCONF = "tests.bench.urls"
FUND_REQUIRED = False
