"""收养登记： an assessment, thirty days of living together, and no notice that names a child."""

from onewindow.kernel.catalog import Law, Material, Matter, Outcome, Removed, Step
from onewindow.kernel.catalog.usual import APPLICATION, IDENTITY, accepting, deciding, examining

matter = Matter(
    code="adoption_registration",
    catalogue_id="CH03",
    name="收养登记",
    summary="收养人年满30周岁、只有一名子女或者没有子女、有抚养能力的，登记收养。",
    audience="收养人（夫妻须共同收养）",
    everyday=("收养孩子", "抱养", "领养", "弃婴"),
    life_events=("birth",),
    letter_series="津民收",
    applicant="person",
    kind="confirmation",
    version="2023",
    any_hukou=True,
    laws=(
        Law(title="中华人民共和国民法典", articles="第一千零九十三条至第一千一百一十八条"),
        Law(title="中国公民收养子女登记办法", number="民政部令（2023年修订）"),
    ),
    materials=(
        APPLICATION,
        IDENTITY,
        Material(code="health", name="县级以上医院健康检查证明", hint="请上传体检证明。"),
        Material(code="consent", name="送养人的书面同意", hint="送养人签字的同意书。"),
        Material(code="marriage", name="婚姻状况", from_register="民政婚姻登记"),
        Material(code="crime", name="有无犯罪记录", from_register="公安"),
    ),
    steps=(
        accepting(),
        examining(20, name="收养评估", law="民法典第一千零九十八条"),
        Step(
            code="fusion",
            name="融合期",
            by="wait",
            calendar_days=30,
            on_due="done",
            outcomes=(Outcome(code="done", name="融合期满"),),
        ),
        Step(
            code="search",
            name="查找生父母公告期（不公开儿童姓名）",
            by="wait",
            calendar_days=60,
            on_due="done",
            when="parents_not_found",
            outcomes=(Outcome(code="done", name="公告期满，未查找到生父母"),),
            law="中国公民收养子女登记办法",
        ),
        deciding(20, name="当面审查和登记", approve="准予收养登记", refuse="不予登记", record="presence"),
    ),
    promised_working_days=20,
    limit_is_example=True,
    removed=(
        Removed(
            code="committee_comment", name="居委会对抚养能力的意见", instead="收养评估（法律文本仍列有，保留开关）"
        ),
        Removed(code="no_crime", name="无犯罪记录证明", instead="公安数据共享"),
        Removed(code="marital_proof", name="婚姻状况证明", instead="民政婚姻登记数据"),
    ),
)
