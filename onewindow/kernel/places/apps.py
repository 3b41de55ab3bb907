from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "onewindow.kernel.places"
    label = "places"
