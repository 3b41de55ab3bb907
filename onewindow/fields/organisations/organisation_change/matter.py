"""社会组织变更登记： what is new, and nothing that is not."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="organisation_change",
    catalogue_id="SO05",
    name="社会组织变更登记和章程核准",
    summary="名称、住所、法定代表人、业务范围或者章程变了，一次提交办完。",
    audience="登记在册的社会组织（由法定代表人申请）",
    everyday=("换法人", "协会改名", "修改章程"),
    life_events=("organisation",),
    letter_series="津社变",
    applicant="person",
    kind="licence",
    version="2016",
    any_hukou=True,
    laws=(
        Law(title="社会团体登记管理条例", number="国务院令第250号（2016年修订）", articles="第十八条"),
        Law(title="民办非企业单位登记管理暂行条例", number="国务院令第251号"),
        Law(title="基金会管理条例", number="国务院令第400号"),
    ),
    materials=(APPLICATION, Material(code="minutes", name="会议纪要", hint="请上传表决通过的会议纪要。")),
    steps=(accepting(), examining(5, name="审查"), deciding(3, approve="准予变更", refuse="不予许可")),
    statutory_working_days=20,
    promised_working_days=5,
    limit_is_example=True,
    removed=(Removed(code="audit_first", name="先审计后变更", instead="合并为一次提交"),),
)
