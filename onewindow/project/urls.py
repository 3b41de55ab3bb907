from django.urls import include, path

urlpatterns = [
    path("", include("onewindow.web.public.urls")),
    path("", include("onewindow.web.ui.urls")),
    path("desk/", include("onewindow.web.desk.urls")),
    path("exchange/", include("onewindow.exchange.urls")),
    path("accounts/", include("allauth.urls")),
]
