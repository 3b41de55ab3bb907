"""The city's identity service says who somebody is; the register says whether we know them."""

from typing import Any

import pytest
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from onewindow.kernel.people.models import Account
from onewindow.project.oidc import CityIdentity, person_of_claims
from tests.factories import City


def login_of(claims: dict[str, Any]) -> SocialLogin:
    account = SocialAccount(provider="city", uid="subject-1", extra_data=claims)
    return SocialLogin(user=Account(), account=account)


@pytest.fixture
def request_(rf: RequestFactory, settings: Any) -> Any:
    app = {
        "provider_id": "city",
        "name": "统一身份认证",
        "client_id": "c",
        "secret": "s",
        "settings": {"server_url": "https://id.test"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    request = rf.get("/")
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("where", ["", "userinfo", "id_token"])
def test_the_verified_id_number_names_the_person(db: None, where: str) -> None:
    person = City().lay().person("张三")
    claims: dict[str, Any] = {"id_number": person.id_number.lower()}
    assert person_of_claims({where: claims} if where else claims) == person


def test_a_first_sign_in_makes_one_account_for_the_person(db: None, request_: Any) -> None:
    person = City().lay().person("张三")
    login = login_of({"id_number": person.id_number})
    CityIdentity().pre_social_login(request_, login)
    account = Account.objects.get()
    assert account.person == person and login.user == account
    assert not account.has_usable_password()


@pytest.mark.parametrize("claims", [{}, {"id_number": "x"}, {"id_number": "120101199003079918"}])
def test_somebody_whom_the_register_does_not_know_is_told_where_to_go(
    db: None, request_: Any, claims: dict[str, str]
) -> None:
    with pytest.raises(ImmediateHttpResponse) as sent:
        CityIdentity().pre_social_login(request_, login_of(claims))
    assert sent.value.response.status_code == 403 and "窗口登记" in sent.value.response.content.decode()
    assert not Account.objects.exists()
