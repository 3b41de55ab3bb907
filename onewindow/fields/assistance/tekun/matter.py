"""特困人员: who can't work, has nothing to live on and nobody to keep them. No family's means: those of one person."""

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
    code="tekun",
    catalogue_id="SA02",
    name="特困人员救助供养",
    summary="无劳动能力、无生活来源、无法定义务人（或者其无能力）的老年人、残疾人和未成年人，由政府供养。",
    audience="本市户籍的老年人、残疾人、未成年人，三项条件同时具备",
    everyday=(
        "五保户",
        "没人养",
        "无儿无女",
        "孤寡老人",
        "没有子女",
    ),
    life_events=(
        "hardship",
        "elder_alone",
        "disability",
    ),
    letter_series="津民救",
    applicant="person",
    kind="payment",
    version="2026-11",
    laws=(
        Law(title="社会救助暂行办法", number="国务院令第649号", articles="第十四条至第十九条"),
        Law(title="特困人员认定办法", number="民发〔2021〕43号"),
    ),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="means_consent", name="核对授权委托书", each_adult=True),
        Material(code="disability_certificate", name="残疾人证", from_register="残联"),
        Material(code="promise", name="诚信承诺书", generated=True),
    ),
    steps=(
        accepting("特困人员认定办法第十二条"),
        checking_means(8, "特困人员认定办法第十三条"),
        visiting(7, "特困人员认定办法第十三条"),
        opining(2, law="特困人员认定办法第十四条"),
        *publishing("特困人员认定办法第十五条"),
        granting(15, delegated_post="street_chief", law="特困人员认定办法第十六条"),
    ),
    statutory_working_days=30,
    delegated_working_days=20,
    special_working_days=45,
    promised_working_days=22,
    limit_is_example=True,
    removed=(
        Removed(code="self_care", name="生活不能自理证明", instead="六项自理能力入户评估"),
        Removed(code="income_proof", name="用人单位收入证明", instead="税务、人社数据共享"),
        Removed(code="bank_statement", name="银行流水", instead="银行核对（经本人授权）"),
    ),
    eligible="is_tekun",
    grant=Grant(amount="tekun_amount", every="month", review_months=12, fund="tekun"),
    explains=("cannot_work", "has_no_source_of_income", "has_no_supporter", "self_care_level"),
    asks_sources=("BANK", "HOUSE"),
    check_tolerance="dibao_standard",
)
