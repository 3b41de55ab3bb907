"""Residents sign in with the city's own identity service (OpenID Connect); it tells us the ID number it has verified."""

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.shortcuts import render

from onewindow.kernel.people.identity import IdNumber, InvalidIdNumber
from onewindow.kernel.people.models import Account, Person
from onewindow.kernel.people.sealed import blind_index


def person_of_claims(claims: dict[str, Any]) -> Person | None:
    """The registered person whose verified ID number the identity service names."""
    told = {**claims, **claims.get("id_token", {}), **claims.get("userinfo", {})}.get(settings.OIDC_ID_NUMBER_CLAIM, "")
    try:
        number = IdNumber.parse(str(told)).text
    except InvalidIdNumber:
        return None
    return Person.unscoped.filter(id_index=blind_index(number, "id")).first()


class CityIdentity(DefaultSocialAccountAdapter):
    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """A first sign-in needs somebody in the register; later ones are known by the service's own subject."""
        if sociallogin.is_existing:
            return
        person = person_of_claims(sociallogin.account.extra_data)
        if person is None:
            raise ImmediateHttpResponse(render(request, "public/not_registered.html", status=403))
        account, _ = Account.objects.get_or_create(
            username=f"resident-{person.public_id}", defaults={"person": person, "password": make_password(None)}
        )
        sociallogin.connect(request, account)
