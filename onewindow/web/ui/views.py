from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from onewindow.web.access import public_page
from onewindow.web.ui.guide import guide_context
from onewindow.web.ui.templatetags.ui import ELDER_COOKIE

ONE_YEAR = 365 * 24 * 3600


@public_page("large type is asked for before anybody signs in")
@require_POST
def set_elder_mode(request: HttpRequest) -> HttpResponse:
    """Large type and few things on a page. Kept in the browser, because it is asked for before anybody signs in."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    wanted = "1" if request.POST.get("on") == "1" else "0"
    response.set_cookie(
        ELDER_COOKIE, wanted, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    return response


@public_page("the components with invented content; absent in production")
@require_GET
def style_guide(request: HttpRequest, kind: str = "public") -> HttpResponse:
    """Every component with plausible content; only where the city is a demo."""
    if not settings.DEMO:
        raise Http404
    return render(request, f"ui/guide/{'desk' if kind == 'desk' else 'public'}.html", guide_context(request))
