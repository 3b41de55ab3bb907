from django.urls import path, re_path

from onewindow.web.desk import case, checks, intake, leads, money, queue, ratings, recomputing, standards, supervision

app_name = "desk"
CASE = "cases/<uuid:public_id>"
urlpatterns = [
    path("", queue.home, name="home"),
    path("queue", queue.queue, name="queue"),
    path("cases/", queue.case_list, name="cases"),
    path("cases.xlsx", queue.case_workbook, name="case_workbook"),
    path("intake", intake.intake, name="intake"),
    path("people", intake.people, name="people"),
    path("people/<uuid:public_id>", intake.person, name="person"),
    path("people/<uuid:public_id>/reveal", intake.reveal, name="reveal"),
    path("people/<uuid:public_id>/start", intake.start, name="start"),
    path(f"{CASE}/fill", intake.fill, name="fill"),
    path(f"{CASE}/fill/<slug:step>", intake.fill, name="fill_step"),
    path(f"{CASE}/submit", intake.submit, name="submit"),
    path(f"{CASE}/upload", intake.upload, name="upload"),
    path(f"{CASE}/remove", intake.remove, name="remove_paper"),
    path(f"{CASE}/drop", intake.drop, name="drop_member"),
    path(f"{CASE}/consent", intake.consent, name="consent"),
    path(CASE, case.case, name="case"),
    path(f"{CASE}/papers", case.papers, name="case_papers"),
    path(f"{CASE}/history", case.history, name="case_history"),
    path(f"{CASE}/steps/<int:run_id>/finish", case.finish, name="finish"),
    path(f"{CASE}/steps/<int:run_id>/claim", case.claim, name="claim"),
    path(f"{CASE}/resume", case.resume, name="resume"),
    path(f"{CASE}/letters/<uuid:letter_id>.pdf", case.letter, name="letter"),
    path(f"{CASE}/papers/<uuid:paper_id>", case.paper, name="paper"),
    re_path(
        r"^cases/(?P<public_id>[0-9a-f-]{36})/(?P<verb>suspend|extend|terminate|correct)$", case.manage, name="manage"
    ),
    path("supervision", supervision.offices_page, name="supervision"),
    path("supervision/halts", supervision.halts_page, name="halts"),
    path("ratings", ratings.rated_page, name="ratings"),
    path("ratings/callbacks", ratings.waiting, name="callbacks"),
    path("ratings/callbacks/<uuid:public_id>", ratings.call_back, name="call_back"),
    path("checks", checks.waiting, name="checks"),
    path("checks/<int:query_id>/letter", checks.by_letter, name="check_letter"),
    path("checks/<int:query_id>/again", checks.again, name="check_again"),
    path("payments", money.payments, name="payments"),
    path("payments/draft", money.draft, name="draft_run"),
    path("payments/<uuid:public_id>", money.payment_run, name="payment_run"),
    path("payments/<uuid:public_id>/list.xlsx", money.payment_workbook, name="payment_workbook"),
    re_path(
        r"^payments/(?P<public_id>[0-9a-f-]{36})/(?P<verb>approve|cancel|close)$", money.payment_act, name="payment_act"
    ),
    path("leads/", leads.leads, name="leads"),
    path("leads.xlsx", leads.lead_workbook, name="lead_workbook"),
    path("leads/<uuid:public_id>", leads.lead, name="lead"),
    re_path(
        r"^leads/(?P<public_id>[0-9a-f-]{36})/(?P<verb>take|release|contact|consent|end|apply)$",
        leads.lead_act,
        name="lead_act",
    ),
    path("recomputations/", recomputing.recomputations, name="recomputations"),
    path("recomputations/<uuid:public_id>", recomputing.recomputation, name="recomputation"),
    re_path(
        r"^recomputations/(?P<public_id>[0-9a-f-]{36})/(?P<verb>check|approve|cancel)$",
        recomputing.recomputation_act,
        name="recomputation_act",
    ),
    path("budget", recomputing.budget, name="budget"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new", standards.draft, name="draft_standard"),
    path("standards/<uuid:public_id>", standards.standard, name="standard"),
    path("standards/<uuid:public_id>/change", standards.change, name="change_standard"),
    path("standards/<uuid:public_id>/simulation.xlsx", standards.standard_workbook, name="standard_workbook"),
    re_path(
        r"^standards/(?P<public_id>[0-9a-f-]{36})/(?P<verb>simulate|submit|approve|return|withdraw)$",
        standards.standard_act,
        name="standard_act",
    ),
    path("audit", money.audit, name="audit"),
]
