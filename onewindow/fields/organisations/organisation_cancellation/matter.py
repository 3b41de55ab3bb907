"""社会组织注销登记： only after its debts are settled."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="organisation_cancellation",
    catalogue_id="SO06",
    name="社会组织注销登记",
    summary="清算结束后办理注销，交回证书和印章。",
    audience="登记在册的社会组织（由法定代表人申请）",
    everyday=("注销协会", "注销基金会", "解散"),
    life_events=("organisation",),
    letter_series="津社销",
    applicant="person",
    kind="licence",
    version="2016",
    any_hukou=True,
    laws=(
        Law(title="社会团体登记管理条例", number="国务院令第250号（2016年修订）", articles="第十九条至第二十三条"),
        Law(title="民办非企业单位登记管理暂行条例", number="国务院令第251号"),
        Law(title="基金会管理条例", number="国务院令第400号"),
        Law(title="中华人民共和国慈善法", number="2023年修正"),
    ),
    materials=(APPLICATION, Material(code="liquidation", name="清算报告", hint="请上传PDF。")),
    steps=(accepting(), examining(6, name="审查"), deciding(4, approve="准予注销", refuse="不予许可")),
    statutory_working_days=20,
    promised_working_days=10,
    limit_is_example=True,
    removed=(
        Removed(code="org_code", name="组织机构代码证", instead="统一社会信用代码"),
        Removed(code="tax_cert", name="税务登记证", instead="统一社会信用代码"),
    ),
)
