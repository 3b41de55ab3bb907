"""殡葬设施建设审批： where it may be, and who was asked."""

from onewindow.kernel.catalog import Law, Material, Matter
from onewindow.kernel.catalog.usual import APPLICATION, accepting, deciding, examining

matter = Matter(
    code="funeral_facility",
    catalogue_id="FU04",
    name="殡葬设施建设审批",
    summary="建设公墓、骨灰堂、殡仪服务站的审批。",
    audience="建设单位",
    everyday=("建公墓", "骨灰堂", "殡仪服务站"),
    letter_series="津民殡设",
    applicant="person",
    kind="licence",
    version="2012",
    any_hukou=True,
    fee="不收费（安葬按价目表）",
    laws=(
        Law(title="殡葬管理条例", number="国务院令第628号修订", articles="第八条至第十一条"),
        Law(title="中华人民共和国行政许可法", articles="第四十二条"),
    ),
    materials=(
        APPLICATION,
        Material(code="land", name="规划用地文件", from_register="规划和自然资源"),
        Material(code="plan", name="建设方案和价目表", hint="请上传PDF。"),
    ),
    steps=(
        accepting(),
        examining(10, name="联合审查（规划、土地、环保）"),
        deciding(10, approve="准予建设", refuse="不予许可"),
    ),
    statutory_working_days=20,
    promised_working_days=20,
)
