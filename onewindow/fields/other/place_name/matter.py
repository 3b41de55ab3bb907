"""地名命名、更名。"""

from onewindow.kernel.catalog import Law, Material, Matter
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="place_name",
    catalogue_id="GV03",
    name="地名命名、更名",
    summary="道路、街巷、住宅区等命名、更名，查重名同音后报批。",
    audience="申请命名的单位",
    everyday=("起路名", "改路名", "小区名字"),
    letter_series="津民地",
    applicant="person",
    kind="licence",
    version="2026",
    any_hukou=True,
    laws=(
        Law(title="地名管理条例", number="国务院令第753号", articles="第九条、第十三条、第十四条"),
        Law(title="行政区划管理条例", number="国务院令第704号"),
    ),
    materials=(
        APPLICATION,
        Material(code="map", name="位置和规模示意图", hint="请上传图纸。"),
        Material(code="report", name="论证和征求意见报告", hint="请上传。"),
    ),
    steps=(accepting(), examining(15), deciding(5, approve="准予命名", refuse="不予准许")),
    statutory_working_days=20,
    promised_working_days=20,
)
