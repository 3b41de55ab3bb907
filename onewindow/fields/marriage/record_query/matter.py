"""婚姻登记档案查询： one's own record, as a certified extract. No certificates of being single (民政部2015年通知)."""

from onewindow.kernel.catalog import Law, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, on_the_spot

matter = Matter(
    code="marriage_record_query",
    catalogue_id="MA04",
    name="婚姻登记档案查询",
    summary="查询本人在本市的婚姻登记记录，出具可核验的证明。",
    audience="婚姻登记的当事人本人",
    everyday=("查婚姻档案", "婚姻记录", "单身证明"),
    life_events=("marriage",),
    letter_series="津民婚查",
    applicant="person",
    kind="public_service",
    version="2025-05",
    any_hukou=True,
    laws=(Law(title="婚姻登记条例", number="2025年修订"), Law(title="婚姻登记档案管理办法")),
    materials=(APPLICATION, IDENTITY),
    steps=(accepting(), on_the_spot(name="查档", approve="出具记录证明", law="婚姻登记档案管理办法")),
    promised_working_days=1,
    limit_is_example=True,
    removed=(Removed(code="archive_copy", name="档案复印件", instead="可核验的电子记录证明"),),
)
