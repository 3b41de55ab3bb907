from django.urls import include, path

from onewindow.api.app import api

urlpatterns = [
    path("", include("onewindow.web.public.urls")),
    path("", include("onewindow.web.ui.urls")),
    path("desk/", include("onewindow.web.desk.urls")),
    path("api/v1/", api.urls),
    path("exchange/", include("onewindow.exchange.urls")),
    path("accounts/", include("allauth.urls")),
]
handler400, handler404, handler500 = (
    f"onewindow.project.errors.{name}" for name in ("bad_request", "not_found", "broken")
)
