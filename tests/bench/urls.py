"""The product's pages, and beside them the yardstick: one view that answers a kilobyte."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from onewindow.project.urls import urlpatterns as product


def bare(request: HttpRequest) -> HttpResponse:
    return HttpResponse("一" * 300)


urlpatterns = [path("bare", bare), *product]
