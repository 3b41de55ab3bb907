import os
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from onewindow.rules.web.mounted import Openfisca

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onewindow.project.settings")
OPENFISCA = "/openfisca"
city = get_wsgi_application()
openfisca = Openfisca(OPENFISCA, settings.PUBLIC_URL)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """OpenFisca's own web API beside the city's pages: no session, no cookie, no database."""
    path = environ.get("PATH_INFO", "")
    if path == OPENFISCA or path.startswith(f"{OPENFISCA}/"):
        return openfisca(environ, start_response)
    return city(environ, start_response)
