"""Signing in: one tap in the demo city; the city's own OIDC for residents and a password for staff in production."""

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from onewindow.kernel.people.models import Account
from onewindow.kernel.staff.actor import actor_of
from onewindow.web.access import public_page
from onewindow.web.demo_door import demo_accounts
from onewindow.web.public.forms import StaffLogin

MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"


@public_page("somebody who is not signed in must be able to sign in")
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = StaffLogin(request.POST or None)
    if request.method == "POST" and form.is_valid():
        account = authenticate(request, **form.cleaned_data)
        if account is not None:
            return _enter(request, account)
        form.add_error(None, "用户名或密码不对。连续输错5次将锁定1小时；忘记密码请联系本单位管理员。")
    demo = demo_accounts() if settings.DEMO else []
    status = 422 if form.errors else 200
    city_sso = "/accounts/oidc/city/login/" if settings.OIDC_SERVER else ""
    context = {"form": form, "demo": demo, "next": _next(request), "city_sso": city_sso}
    return render(request, "public/sign_in.html", context, status=status)


@public_page("one tap into the demo city; absent in production")
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    names = {each.username for each in demo_accounts()} if settings.DEMO else set()
    if request.POST.get("username") not in names:
        raise Http404
    return _enter(request, Account.objects.get(username=request.POST["username"]))


@public_page("leaving is never refused")
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    response = redirect("public:home")
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    login(request, account, backend=MODEL_BACKEND)
    return redirect(_next(request) or ("desk:home" if actor_of(account).is_staff else "public:home"))


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else ""
