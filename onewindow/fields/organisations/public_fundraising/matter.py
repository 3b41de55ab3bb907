"""公开募捐资格： a charity for a year, its council not a family."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="public_fundraising",
    catalogue_id="SO09",
    name="公开募捐资格审批",
    summary="登记满一年的慈善组织申请公开募捐资格。",
    audience="登记在册的社会组织（由法定代表人申请）",
    everyday=("公开募捐", "募捐资格", "捐款"),
    life_events=("organisation",),
    letter_series="津慈募",
    applicant="person",
    kind="licence",
    version="2016",
    any_hukou=True,
    laws=(
        Law(title="中华人民共和国慈善法", number="2023年修正", articles="第二十二条至第二十七条"),
        Law(title="慈善组织公开募捐管理办法", number="民政部令第74号（2024年）"),
    ),
    materials=(
        APPLICATION,
        Material(code="resolution", name="理事会决议", hint="请上传。"),
        Material(code="audit", name="审计报告", hint="请上传PDF。"),
    ),
    steps=(accepting(), examining(10, name="审查"), deciding(5, approve="准予", refuse="不予许可")),
    statutory_working_days=20,
    promised_working_days=15,
    limit_is_example=True,
    removed=(
        Removed(code="org_code", name="组织机构代码证", instead="统一社会信用代码"),
        Removed(code="tax_cert", name="税务登记证", instead="统一社会信用代码"),
    ),
)
