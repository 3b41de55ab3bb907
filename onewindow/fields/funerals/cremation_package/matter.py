"""遗体接运火化及惠民殡仪服务： the 3,000-yuan package, as ordered and billed."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, on_the_spot

matter = Matter(
    code="cremation_package",
    catalogue_id="FU01",
    name="遗体火化和惠民殡仪服务（3000元套餐）",
    summary="接运、暂存、告别、火化、骨灰盒一次办完，套餐3000元，明码标价。",
    audience="逝者的亲属或者承办丧事的单位",
    everyday=("老人去世了", "人没了", "火化", "殡仪馆", "灵车", "96456"),
    life_events=("death",),
    letter_series="津民殡",
    applicant="person",
    kind="public_service",
    version="2026",
    any_hukou=True,
    fee="套餐3000元；低保、特困减免标准为示例",
    laws=(Law(title="殡葬管理条例", articles="第十三条"),),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(
            code="death", name="死亡医学证明（推断）书或公安机关死亡证明", hint="查验原件；数据未共享时请拍照上传。"
        ),
    ),
    steps=(accepting(name="受理"), on_the_spot(name="核对遗体并安排火化", approve="已火化，发给证明")),
    promised_working_days=1,
    limit_is_example=True,
    removed=(Removed(code="hukou_cancelled", name="户口注销证明", instead="公安数据共享"),),
)
