"""低保边缘家庭: just above the standard. Some of them also have a monthly sum."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import (
    APPLICATION,
    IDENTITY,
    accepting,
    checking_means,
    granting,
    opining,
    publishing,
    visiting,
)

matter = Matter(
    code="marginal_household",
    catalogue_id="SA03",
    name="低保边缘家庭认定",
    summary="人均收入高于低保标准、低于标准1.5倍，财产符合规定的家庭；有规定情形的每月另有救助金。",
    audience="本市户籍、收入略高于低保标准的家庭",
    everyday=(
        "低收入",
        "低收入家庭",
        "够不上低保",
        "边缘户",
    ),
    life_events=("hardship",),
    letter_series="津民救",
    applicant="household",
    kind="confirmation",
    version="2026-11",
    laws=(Law(title="最低生活保障审核确认办法", number="民发〔2021〕57号", articles="第八条"),),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="means_consent", name="核对授权委托书", each_adult=True),
        Material(code="disability_certificate", name="残疾人证", from_register="残联"),
        Material(code="promise", name="诚信承诺书", generated=True),
    ),
    steps=(
        accepting("最低生活保障审核确认办法第十条"),
        checking_means(),
        visiting(5),
        opining(2),
        *publishing(),
        granting(10, delegated_post="street_chief"),
    ),
    statutory_working_days=30,
    delegated_working_days=20,
    special_working_days=45,
    promised_working_days=20,
    limit_is_example=True,
    removed=(
        Removed(code="income_proof", name="用人单位收入证明", instead="税务、人社数据共享"),
        Removed(code="bank_statement", name="银行流水", instead="银行核对（经本人授权）"),
        Removed(code="real_estate_search", name="不动产查询结果", instead="不动产登记数据共享"),
        Removed(code="kinship_proof", name="亲属关系证明", instead="公安户籍数据共享，查不到的书面承诺"),
    ),
    eligible="is_marginal_household",
    grant=Grant(amount="marginal_grant", every="month", review_months=12, fund="dibao"),
    explains=("counted_household_size", "counted_income", "per_capita_income"),
    asks_sources=("BANK", "HOUSE"),
    check_tolerance="dibao_standard",
)
