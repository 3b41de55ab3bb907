"""社区综合服务设施达标登记。"""

from onewindow.kernel.catalog import Law, Material, Matter
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="community_facility",
    catalogue_id="GV01",
    name="社区综合服务设施达标登记",
    summary="核对社区服务用房面积是否达标，登记和验收。",
    audience="街道、社区",
    everyday=("社区用房", "居委会办公用房"),
    letter_series="津民社设",
    applicant="person",
    kind="public_service",
    version="2026",
    any_hukou=True,
    laws=(Law(title="城乡社区服务体系建设规划"),),
    materials=(APPLICATION, Material(code="right", name="产权或者移交协议", from_register="不动产登记")),
    steps=(accepting(), examining(10), deciding(10, approve="达标，予以登记", refuse="不予准许")),
    promised_working_days=20,
    limit_is_example=True,
)
