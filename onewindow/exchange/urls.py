from django.urls import path

from onewindow.exchange import views

app_name = "exchange"
urlpatterns = [
    path("<slug:partner>/answers", views.answers, name="answers"),
    path("<slug:partner>/payment-results", views.payment_results, name="payment_results"),
]
