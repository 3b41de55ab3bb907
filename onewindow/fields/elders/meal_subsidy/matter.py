"""老年助餐: taken off the price at the elders' canteen, never paid out."""

from onewindow.kernel.catalog import Law, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, granting, opining

matter = Matter(
    code="meal_subsidy",
    catalogue_id="EL03",
    name="老年助餐补贴资格登记",
    summary="在老人家食堂吃饭，每餐减3元，每周最多5餐。",
    audience="满80周岁，以及规定的困难、残疾、探访关爱老年人",
    everyday=(
        "老人食堂",
        "吃饭便宜",
        "送餐",
        "老年饭桌",
        "不会做饭",
    ),
    life_events=("elder_alone",),
    letter_series="津民老",
    applicant="household",
    kind="payment",
    version="2026-11",
    laws=(Law(title="天津市老人家食堂助餐补贴规定"),),
    materials=(
        APPLICATION,
        IDENTITY,
    ),
    steps=(accepting(), opining(1, name="人员类别核查"), granting(1, post="street_chief", letter="certificate")),
    statutory_working_days=3,
    promised_working_days=3,
    limit_is_example=True,
    removed=(
        Removed(code="identity_copy", name="身份证复印件", instead="刷卡或者刷脸"),
        Removed(code="group_proof", name="困难、残疾证明", instead="民政、残联数据"),
    ),
    eligible="meal_subsidy_eligible",
    explains=("meal_subsidy", "meals_a_week"),
)
