"""The accounts of the sign-in page: who they are, and what to try as each."""

from onewindow.kernel.people.models import Account
from onewindow.kernel.staff.actor import actor_of
from onewindow.web.demo_door import DemoAccount

TRY = {
    "resident": "回答三个问题，申请低保，授权核对，提交。",
    "family": "有家人申请低保等您授权：首页点“去看看并授权”。",
    "granted": "低保已确认：看决定、计算过程、文书、发放记录，评价服务。",
    "refused": "申请没有通过：看理由，申诉。",
    "supplement": "窗口一次性告知了要补什么：补齐后再提交。",
    "clerk": "窗口：受理待办，或查找任意居民代为申请。",
    "officer": "街道经办：看核对结果与申报的出入，入户调查，初审。",
    "officer2": "街道另一位经办：入户调查的同行人员。",
    "chief": "街道负责人：审核确认；试试批准自己办过的（不行）。",
    "district": "区民政局：复核申诉、近亲属备案户入户。",
    "districtchief": "区民政局负责人：复核决定、超过街道权限的急难救助。",
    "finance": "区财务制单：编制本月发放名册。",
    "checker": "区财务复核：复核、看银行回盘、关账。",
    "auditor": "审计：看日志；命令行独立核验日志链。",
    "leader": "市领导：各区办件期限，红黄绿件件可数；标准调整方案的批准人之一。",
    "leader2": "另一位市领导：标准调整须两人批准；同一人批准不了两次。",
    "policy": "市局政策经办：低保标准调整方案，试算花多少、哪个区哪类家庭多得。",
    "stranger": "南开区的街道经办：看不到和平区的任何办件。",
}


def demo_accounts() -> list[DemoAccount]:
    accounts = {each.username: each for each in Account.objects.filter(username__in=TRY).select_related("person")}
    found = []
    for username, what in TRY.items():
        account = accounts.get(username)
        if account is not None:
            actor = actor_of(account)
            role = actor.posts[0].label if actor.posts else "居民"
            found.append(DemoAccount(username, str(account.person), role, what, is_staff=actor.is_staff))
    return found
