"""What partners call. The signature is the authority, so no session, no CSRF token."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from onewindow.exchange.answering import take_answer
from onewindow.exchange.paying import take_result
from onewindow.exchange.protocol.messages import MAX_FILE_BYTES, MAX_MESSAGE_BYTES
from onewindow.exchange.receiving import receive


@csrf_exempt
@require_POST
def answers(request: HttpRequest, partner: str) -> HttpResponse:
    return receive(request, partner, take_answer, MAX_MESSAGE_BYTES)


@csrf_exempt
@require_POST
def payment_results(request: HttpRequest, partner: str) -> HttpResponse:
    return receive(request, partner, take_result, MAX_FILE_BYTES)
