"""福利彩票代销者（投注站）申请。"""

from onewindow.kernel.catalog import Law, Material, Matter
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, deciding, examining

matter = Matter(
    code="lottery_outlet",
    catalogue_id="LO01",
    name="福利彩票代销者（投注站）申请",
    summary="申请开设福利彩票投注站。",
    audience="成年人或者单位",
    everyday=("开彩票店", "投注站", "福彩"),
    letter_series="津福彩",
    applicant="person",
    kind="licence",
    version="2026",
    any_hukou=True,
    laws=(Law(title="彩票管理条例", number="国务院令第554号", articles="第十五条至第十八条"),),
    materials=(APPLICATION, IDENTITY, Material(code="premises", name="场地证明", from_register="不动产登记")),
    steps=(accepting(), examining(15), deciding(15, approve="准予代销", refuse="不予准许")),
    promised_working_days=30,
    limit_is_example=True,
)
