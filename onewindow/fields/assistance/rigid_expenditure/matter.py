"""刚性支出困难家庭: illness, disability or school take most of what comes in. A status for a year, no sum."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, checking_means, granting, opining, visiting

matter = Matter(
    code="rigid_expenditure",
    catalogue_id="SA04",
    name="刚性支出困难家庭认定",
    summary="收入不算低，但看病、上学、康复等支出太大的家庭，认定后可以办理临时救助等。有效期最长12个月。",
    audience="本市户籍、刚性支出超过家庭承受能力的家庭",
    everyday=(
        "看病花光了钱",
        "医药费太高",
        "学费交不起",
        "花销大",
    ),
    life_events=(
        "hardship",
        "sudden",
    ),
    letter_series="津民救",
    applicant="household",
    kind="confirmation",
    version="2026-11",
    laws=(Law(title="刚性支出困难家庭认定办法", number="2025年", articles="第四条、第八条"),),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="means_consent", name="核对授权委托书", each_adult=True),
        Material(
            code="expense_evidence",
            name="支出票据（共享数据查不到的）",
            deferrable=True,
            hint="医保结算、学费、残联康复记录由系统查询，其余请拍照上传。",
        ),
        Material(code="promise", name="诚信承诺书", generated=True),
    ),
    steps=(
        accepting(),
        checking_means(),
        visiting(5),
        opining(5),
        granting(10, delegated_post="street_chief", letter="certificate", law="刚性支出困难家庭认定办法第八条"),
    ),
    statutory_working_days=30,
    special_working_days=45,
    promised_working_days=20,
    limit_is_example=True,
    removed=(
        Removed(code="medical_invoice", name="医疗费票据（已报销的）", instead="医保结算数据"),
        Removed(code="income_proof", name="用人单位收入证明", instead="税务、人社数据共享"),
        Removed(code="bank_statement", name="银行流水", instead="银行核对（经本人授权）"),
    ),
    eligible="is_rigid_expenditure_household",
    explains=("income_of_past_year", "rigid_expense_of_past_year"),
    asks_sources=("BANK", "HOUSE"),
    check_tolerance="dibao_standard",
)
