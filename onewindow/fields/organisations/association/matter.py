"""社会团体成立登记： sixty days by law; name, charter, funds and premises."""

from onewindow.kernel.catalog import Law, Material, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, deciding, examining

matter = Matter(
    code="association",
    catalogue_id="SO02",
    name="社会团体成立登记",
    summary="社会团体成立登记，线上提交，领带统一社会信用代码的登记证书。",
    audience="发起人（由拟任法定代表人申请）",
    everyday=("办协会", "成立协会", "成立商会"),
    life_events=("organisation",),
    letter_series="津社团",
    applicant="person",
    kind="licence",
    version="2016",
    any_hukou=True,
    laws=(Law(title="社会团体登记管理条例", number="国务院令第250号（2016年修订）", articles="第九条至第十五条"),),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="charter", name="章程草案", hint="按示范文本，请上传PDF。"),
        Material(code="premises", name="场所使用权证明", from_register="不动产登记"),
        Material(
            code="bank_proof",
            name="资金到位的银行证明",
            hint="法律文本仍列有验资报告，本市以银行证明和承诺替代（可开关）。",
        ),
    ),
    steps=(accepting(), examining(6, name="审查"), deciding(4, approve="准予登记", refuse="不予许可")),
    statutory_working_days=40,
    promised_working_days=10,
    limit_is_example=True,
    removed=(
        Removed(code="org_code", name="组织机构代码证", instead="统一社会信用代码"),
        Removed(code="tax_cert", name="税务登记证", instead="统一社会信用代码"),
        Removed(code="capital_verification", name="验资报告", instead="银行证明和承诺（法律文本仍列有，保留开关）"),
        Removed(code="preparation", name="筹备成立审批", instead="2016年修订已取消"),
    ),
)
