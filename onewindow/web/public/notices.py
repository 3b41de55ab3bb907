"""Public notices: anybody can read them, and object, without signing in."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from onewindow.kernel.audit.acting import Refused
from onewindow.kernel.calendar.working_days import today
from onewindow.kernel.cases.actions.disputing import raise_objection
from onewindow.kernel.cases.models import PublicNotice
from onewindow.kernel.cases.queries import open_notices
from onewindow.kernel.places.models import Place
from onewindow.web.access import public_page
from onewindow.web.public.forms import ObjectionForm
from onewindow.web.ui.listing import page_by_key

WHY = "a public notice is posted so that anybody can object"


@public_page(WHY)
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    """Open ones of a district or community; never by a person's name."""
    place = request.GET.get("place", "")
    districts = Place.objects.filter(level=Place.Level.DISTRICT).order_by("code")
    context = {"page": page_by_key(open_notices(place), request, size=30), "districts": districts, "place": place}
    return render(request, "public/notices.html", context)


@public_page(WHY)
@require_http_methods(["GET", "POST"])
def notice(request: HttpRequest, public_id: UUID) -> HttpResponse:
    found = get_object_or_404(PublicNotice.objects.select_related("place__parent", "case"), public_id=public_id)
    is_open = found.closed_at is None and found.until_on >= today()
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            raise_objection(request.actor, found, **form.cleaned_data)  # type: ignore[attr-defined]
        except Refused as refusal:
            form.add_error(refusal.field or None, refusal.message)
        else:
            messages.success(request, "您的意见已收到，街道将重新调查。留下联系方式的，会答复您。")
            return redirect("public:notices")
    context = {"notice": found, "is_open": is_open, "form": form}
    return render(request, "public/notice.html", context, status=422 if form.errors else 200)
