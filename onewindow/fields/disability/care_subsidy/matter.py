"""重度残疾人护理补贴: for the long care of the severely disabled, whatever the family has."""

from onewindow.kernel.catalog import Grant, Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, granting, opining

matter = Matter(
    code="care_subsidy",
    catalogue_id="DS02",
    name="重度残疾人护理补贴",
    summary="残疾等级一级、二级，需要长期照护的，每月给予护理补贴，不看家庭收入。",
    audience="本市户籍、残疾等级一级或者二级、需要长期照护的人",
    everyday=(
        "护理费",
        "重残补贴",
        "两项补贴",
        "瘫痪",
        "残疾人护理",
    ),
    life_events=("disability",),
    letter_series="津民残",
    applicant="person",
    kind="payment",
    version="2026-11",
    laws=(
        Law(title="国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见", number="国发〔2015〕52号"),
        Law(title="天津市残疾人两项补贴规定", number="津民发〔2023〕23号"),
    ),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="disability_certificate", name="残疾人证", from_register="残联"),
    ),
    steps=(
        accepting(name="受理（全城通办）"),
        opining(5, name="残疾人证和重复享受核查", post="district_officer"),
        granting(5),
    ),
    statutory_working_days=15,
    promised_working_days=15,
    limit_is_example=True,
    removed=(
        Removed(code="disability_copy", name="残疾人证复印件", instead="残联数据共享"),
        Removed(code="identity_copy", name="身份证复印件", instead="电子证照"),
    ),
    grant=Grant(amount="disability_care_subsidy", every="month", review_months=12, fund="disability_subsidy"),
)
