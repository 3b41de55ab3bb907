"""Is this letter genuine? Asked by a landlord, a school, a bank: without an account, and told no more than the paper says."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from onewindow.kernel.papers.letters.checking import letter_by_code
from onewindow.web.access import public_page

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # The code stands in the address: it goes to nobody else.
    "Referrer-Policy": "no-referrer",
}


@public_page("whoever is shown a letter may check it; the code has 80 random bits, so guessing needs no other limit")
@require_safe
def check(request: HttpRequest, code: str = "") -> HttpResponse:
    typed = (code or request.GET.get("code", "")).strip()[:80]
    letter = letter_by_code(typed)
    status = 404 if typed and letter is None else 200
    page = render_to_string("public/check.html", {"typed": typed, "letter": letter}, request)
    return HttpResponse(page, status=status, headers=HEADERS)
