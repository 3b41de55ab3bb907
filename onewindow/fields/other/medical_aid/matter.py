"""医疗救助（转医保办理）。"""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, routing

matter = Matter(
    code="medical_aid",
    catalogue_id="SA07",
    name="医疗救助（转医保办理）",
    summary="在这里提交，转医疗保障部门办理，结果读回来告诉您。",
    audience="低保、特困、低保边缘和因病支出较大的家庭",
    everyday=("看病花钱多", "医药费", "大病救助"),
    life_events=("hardship", "sudden"),
    letter_series="津民医",
    applicant="person",
    kind="payment",
    version="2026",
    any_hukou=True,
    laws=(
        Law(title="社会救助暂行办法", number="国务院令第649号", articles="第二十七条至第三十二条"),
        Law(title="关于健全重特大疾病医疗保险和救助制度的意见", number="国办发〔2021〕42号"),
    ),
    materials=(APPLICATION, IDENTITY, Material(code="settlement", name="医疗费用结算单", from_register="医保")),
    steps=(accepting(), *routing(3, to="医疗保障局", back_days=30)),
    promised_working_days=3,
    limit_is_example=True,
    removed=(Removed(code="invoices", name="已报销的医疗发票", instead="医保结算数据"),),
)
