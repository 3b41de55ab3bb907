import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import Error, close_old_connections

from onewindow.rules.web.mounted import Openfisca

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.project.settings")
OPENFISCA = "/openfisca"
city = get_wsgi_application()
openfisca = Openfisca(OPENFISCA, settings.PUBLIC_URL)


def look_at_the_law() -> None:
    """As the middleware does for pages. Without a database the law that this process knows is answered."""
    from onewindow.fields.policy.law import look  # noqa: PLC0415 models are loaded by then

    close_old_connections()
    with suppress(Error):
        look()
    close_old_connections()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """OpenFisca's own web API beside the city's pages: no session, no cookie, and of the database only what is approved."""
    path = environ.get("PATH_INFO", "")
    if path == OPENFISCA or path.startswith(f"{OPENFISCA}/"):
        look_at_the_law()
        return openfisca(environ, start_response)
    return city(environ, start_response)
