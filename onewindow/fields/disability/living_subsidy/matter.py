"""困难残疾人生活补贴: disabled members of poor families. At any window of the city."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, granting, opining

matter = Matter(
    code="living_subsidy",
    catalogue_id="DS01",
    name="困难残疾人生活补贴",
    summary="低保、低保边缘家庭中的持证残疾人，每月给予生活补贴。",
    audience="本市户籍、低保或者低保边缘家庭中持有残疾人证的人",
    everyday=(
        "残疾人补贴",
        "残疾证补助",
        "两项补贴",
        "残疾人生活费",
    ),
    life_events=(
        "disability",
        "hardship",
    ),
    letter_series="津民残",
    applicant="household",
    kind="payment",
    version="2026-11",
    laws=(
        Law(title="国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见", number="国发〔2015〕52号"),
        Law(title="天津市残疾人两项补贴规定", number="津民发〔2023〕23号"),
    ),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="means_consent", name="核对授权委托书", each_adult=True),
        Material(code="disability_certificate", name="残疾人证", from_register="残联"),
    ),
    steps=(
        accepting(name="受理（全城通办）"),
        opining(5, name="残疾人证和低保身份核查", post="district_officer"),
        granting(5),
    ),
    statutory_working_days=15,
    promised_working_days=15,
    limit_is_example=True,
    removed=(
        Removed(code="disability_copy", name="残疾人证复印件", instead="残联数据共享"),
        Removed(code="dibao_proof", name="低保、低保边缘证明", instead="民政救助数据"),
        Removed(code="identity_copy", name="身份证复印件", instead="电子证照"),
    ),
    grant=Grant(amount="disability_living_subsidy", every="month", review_months=12, fund="disability_subsidy"),
    explains=("dibao_eligible", "is_marginal_household"),
)
