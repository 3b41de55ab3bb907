"""慈善组织认定： for organisations that are registered already."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="charity_recognition",
    catalogue_id="SO08",
    name="慈善组织认定",
    summary="已经登记的社会组织申请认定为慈善组织。",
    audience="登记在册的社会组织（由法定代表人申请）",
    everyday=("慈善认定", "慈善组织"),
    life_events=("organisation",),
    letter_series="津慈认",
    applicant="person",
    kind="confirmation",
    version="2016",
    any_hukou=True,
    laws=(
        Law(title="慈善组织认定办法", number="民政部令第58号"),
        Law(title="中华人民共和国慈善法", number="2023年修正", articles="第十条"),
    ),
    materials=(
        APPLICATION,
        Material(code="minutes", name="会议纪要", hint="请上传。"),
        Material(code="audit", name="财务审计报告", hint="请上传PDF。"),
    ),
    steps=(accepting(), examining(10, name="审查"), deciding(5, approve="予以认定", refuse="不予许可")),
    statutory_working_days=20,
    promised_working_days=15,
    limit_is_example=True,
    removed=(
        Removed(code="org_code", name="组织机构代码证", instead="统一社会信用代码"),
        Removed(code="tax_cert", name="税务登记证", instead="统一社会信用代码"),
    ),
)
