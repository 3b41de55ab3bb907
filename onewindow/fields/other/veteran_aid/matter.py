"""困难优抚对象生活补助（转退役军人事务局）。"""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, routing

matter = Matter(
    code="veteran_aid",
    catalogue_id="VE01",
    name="困难优抚对象生活补助（转退役军人事务局）",
    summary="在这里提交，转退役军人事务部门办理，结果读回来告诉您。",
    audience="生活困难的优抚对象",
    everyday=("退伍军人补助", "优抚", "老兵"),
    life_events=("hardship",),
    letter_series="津民优",
    applicant="person",
    kind="payment",
    version="2026",
    any_hukou=True,
    laws=(Law(title="军人抚恤优待条例", articles="第五条"),),
    materials=(APPLICATION, IDENTITY, Material(code="certificate", name="优抚证件", from_register="退役军人")),
    steps=(accepting(), *routing(2, to="退役军人事务局", back_days=30)),
    promised_working_days=2,
    limit_is_example=True,
    removed=(Removed(code="veteran_proof", name="优抚证明", instead="退役军人数据共享"),),
)
