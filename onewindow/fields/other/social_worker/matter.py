"""社会工作者登记和再登记。"""

from onewindow.kernel.catalog import Law, Material, Matter
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, deciding, examining

matter = Matter(
    code="social_worker",
    catalogue_id="SW01",
    name="社会工作者登记和再登记",
    summary="考试合格后登记，三年再登记一次。",
    audience="社会工作者职业资格证书持有人",
    everyday=("社工证", "社工登记"),
    letter_series="津社工",
    applicant="person",
    kind="public_service",
    version="2026",
    any_hukou=True,
    laws=(
        Law(title="社会工作者职业水平评价暂行规定", number="国人部发〔2006〕71号"),
        Law(title="社会工作者继续教育办法", number="民发〔2009〕123号"),
    ),
    materials=(APPLICATION, IDENTITY, Material(code="certificate", name="职业资格证书", from_register="人社考试")),
    steps=(accepting(), examining(5), deciding(5, approve="予以登记", refuse="不予准许")),
    promised_working_days=10,
    limit_is_example=True,
)
