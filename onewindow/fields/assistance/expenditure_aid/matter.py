"""支出型临时救助: once, for an expense that the family could not bear."""

from dataclasses import replace

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
    code="expenditure_aid",
    catalogue_id="SA05",
    name="临时救助（支出型）",
    summary="因看病、上学等必需支出突然增加，一段时间生活过不下去的，给予一次性救助。",
    audience="必需支出超出承受能力的家庭",
    everyday=(
        "交不起住院费",
        "学费",
        "看病没钱",
        "借钱看病",
        "临时困难",
    ),
    life_events=(
        "hardship",
        "sudden",
    ),
    letter_series="津民救",
    applicant="household",
    kind="payment",
    version="2026-11",
    laws=(
        Law(title="社会救助暂行办法", number="国务院令第649号", articles="第四十七条至第四十九条"),
        Law(title="关于进一步加强和改进临时救助工作的意见", number="民发〔2018〕23号"),
    ),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="means_consent", name="核对授权委托书", each_adult=True),
        Material(code="expense_evidence", name="支出票据（共享数据查不到的）", deferrable=True),
        Material(code="promise", name="诚信承诺书", generated=True),
    ),
    steps=(
        accepting(),
        checking_means(5),
        visiting(3),
        opining(2),
        *publishing(),
        replace(granting(5, post="street_chief", law="社会救助暂行办法第四十八条"), escalates_to="district_chief"),
    ),
    promised_working_days=15,
    statutory_working_days=15,
    limit_is_example=True,
    removed=(
        Removed(code="medical_invoice", name="医疗费票据（已报销的）", instead="医保结算数据"),
        Removed(code="income_proof", name="用人单位收入证明", instead="税务、人社数据共享"),
        Removed(code="bank_statement", name="银行流水", instead="银行核对（经本人授权）"),
    ),
    eligible="temporary_aid_expenditure_eligible",
    within_limit="street_can_decide_expenditure",
    grant=Grant(amount="temporary_aid_expenditure_amount", every="once", fund="temporary_aid"),
    explains=("net_necessary_expense", "affordable_expense"),
    asks_sources=("BANK", "HOUSE"),
    check_tolerance="dibao_standard",
)
