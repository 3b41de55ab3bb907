from django.urls import path

from onewindow.web.public import applying, following, home, me, notices, signing_in

app_name = "public"
urlpatterns = [
    path("", home.home, name="home"),
    path("login", signing_in.sign_in, name="login"),
    path("login/demo", signing_in.demo_sign_in, name="demo_login"),
    path("logout", signing_in.sign_out, name="logout"),
    path("what-could-i-get", home.what_could_i_get, name="what_could_i_get"),
    path("matters/", home.matter_list, name="matters"),
    path("matters/<slug:code>", home.matter_guide, name="matter"),
    path("matters/<slug:code>/apply", home.apply, name="apply"),
    path("cases/", following.case_list, name="cases"),
    path("cases/<uuid:public_id>", following.case_page, name="case"),
    path("cases/<uuid:public_id>/fill", applying.fill, name="fill"),
    path("cases/<uuid:public_id>/fill/<slug:step>", applying.fill, name="fill_step"),
    path("cases/<uuid:public_id>/submit", applying.submit, name="submit"),
    path("cases/<uuid:public_id>/papers", applying.upload, name="upload"),
    path("cases/<uuid:public_id>/papers/remove", applying.remove, name="remove_paper"),
    path("cases/<uuid:public_id>/members/drop", applying.drop, name="drop_member"),
    path("cases/<uuid:public_id>/discard", applying.discard, name="discard"),
    path("cases/<uuid:public_id>/consent", applying.consent, name="consent"),
    path("cases/<uuid:public_id>/withdraw", following.withdraw, name="withdraw"),
    path("cases/<uuid:public_id>/appeal", following.appeal, name="appeal"),
    path("cases/<uuid:public_id>/object", following.object_to_check, name="object_to_check"),
    path("cases/<uuid:public_id>/rate", following.rate, name="rate"),
    path("notices/", notices.notice_list, name="notices"),
    path("notices/<uuid:public_id>", notices.notice, name="notice"),
    path("me/", me.me, name="me"),
    path("me/messages", me.message_list, name="messages"),
    path("me/payments", me.payment_list, name="payments"),
    path("me/consents", me.consent_list, name="consents"),
    path("me/consents/<uuid:public_id>/withdraw", me.take_consent_back, name="withdraw_consent"),
    path("me/looks", me.looks, name="looks"),
    path("letters/<uuid:public_id>.pdf", me.letter, name="letter"),
    path("papers/<uuid:public_id>", me.paper, name="paper"),
]
