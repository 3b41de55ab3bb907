"""The API: the same acts and reads as the pages, described by OpenAPI at /api/v1/openapi.json."""

from ninja import NinjaAPI

from onewindow.api import desk, mine, public
from onewindow.api.guard import CarefulParser, ChineseJson, answer_problems

api = NinjaAPI(
    title="一窗 One Window",
    version="1",
    description="与页面相同的操作。金额以分为单位；证件号、手机号、账号只给出遮盖后的样式。",
    urls_namespace="api",
    parser=CarefulParser(),
    renderer=ChineseJson(),
    docs_url=None,
)
answer_problems(api)
for _router in (public.router, mine.router, desk.router):
    api.add_router("", _router)
