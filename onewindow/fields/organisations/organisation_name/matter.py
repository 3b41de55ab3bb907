"""社会组织名称核查： division, word, field and form, and no other of the same name."""

from onewindow.kernel.catalog import Law, Matter, Removed
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, on_the_spot

matter = Matter(
    code="organisation_name",
    catalogue_id="SO01",
    name="社会组织名称核查",
    summary="成立社会组织前查一查名称能不能用，可以用的保留六个月。",
    audience="准备成立社会组织的发起人",
    everyday=("起名", "协会名称", "基金会名称", "办协会"),
    life_events=("organisation",),
    letter_series="津社名",
    applicant="person",
    kind="public_service",
    version="2024",
    any_hukou=True,
    laws=(
        Law(title="社会组织名称管理办法", number="民政部令第69号（2024年）"),
        Law(title="社会团体登记管理条例", number="国务院令第250号（2016年修订）"),
    ),
    materials=(APPLICATION, IDENTITY),
    steps=(accepting(), on_the_spot(name="名称核查", approve="可以使用，予以保留")),
    promised_working_days=1,
    limit_is_example=True,
    removed=(Removed(code="name_preapproval", name="名称预先核准单独审批", instead="并入成立登记，核查即时告知"),),
)
