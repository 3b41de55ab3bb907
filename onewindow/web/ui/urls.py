from django.urls import path

from onewindow.web.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/elder", views.set_elder_mode, name="elder"),
    path("ui/guide", views.style_guide, name="guide"),
    path("ui/guide/<slug:kind>", views.style_guide, name="guide_of"),
]
