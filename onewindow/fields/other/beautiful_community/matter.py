"""美丽社区创建申报。"""

from onewindow.kernel.catalog import Law, Material, Matter
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="beautiful_community",
    catalogue_id="GV02",
    name="美丽社区创建申报",
    summary="社区自评后申报，区核查、市命名。",
    audience="社区（通过街道）",
    everyday=("美丽社区", "社区评比"),
    letter_series="津民美社",
    applicant="person",
    kind="public_service",
    version="2026",
    any_hukou=True,
    laws=(Law(title="美丽社区创建规定"),),
    materials=(APPLICATION, Material(code="photos", name="社区照片和佐证", deferrable=True, hint="请拍照上传。")),
    steps=(accepting(), examining(30), deciding(25, approve="命名", refuse="不予准许")),
    promised_working_days=60,
    limit_is_example=True,
)
