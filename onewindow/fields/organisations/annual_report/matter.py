"""年度报告： one for each year that is over."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="annual_report",
    catalogue_id="SO07",
    name="社会组织年度检查（年度报告）",
    summary="每年5月31日前报送上一年度工作报告，结论公开。",
    audience="登记在册的社会组织（由法定代表人申请）",
    everyday=("年检", "年报", "协会年检"),
    life_events=("organisation",),
    letter_series="津社检",
    applicant="person",
    kind="licence",
    version="2016",
    any_hukou=True,
    laws=(
        Law(title="社会团体登记管理条例", number="国务院令第250号（2016年修订）", articles="第二十八条"),
        Law(title="民办非企业单位登记管理暂行条例", number="国务院令第251号"),
        Law(title="基金会管理条例", number="国务院令第400号"),
        Law(title="民办非企业单位年度检查办法"),
    ),
    materials=(APPLICATION, Material(code="accounts", name="财务会计报告", hint="请上传PDF。")),
    steps=(accepting(), examining(30, name="审查"), deciding(28, approve="合格", refuse="不予许可")),
    promised_working_days=60,
    limit_is_example=True,
    removed=(
        Removed(code="org_code", name="组织机构代码证", instead="统一社会信用代码"),
        Removed(code="tax_cert", name="税务登记证", instead="统一社会信用代码"),
    ),
)
