"""Who is acting, read anew from the database at each request: a right that was taken away is gone at once."""

from dataclasses import dataclass

from onewindow.kernel.people.models import Account, Person
from onewindow.kernel.places.codes import is_within, prefix
from onewindow.kernel.staff.models import StaffPost
from onewindow.kernel.staff.posts import BUDGET_POSTS, CASE_POSTS, POLICY_POSTS, SUPERVISING_POSTS, Post


@dataclass(frozen=True)
class HeldPost:
    post: str
    place: str
    place_name: str = ""

    @property
    def post_name(self) -> str:
        return str(Post(self.post).label)

    @property
    def label(self) -> str:
        return f"{self.place_name} {self.post_name}"


@dataclass(frozen=True)
class Actor:
    account: Account | None = None
    person: Person | None = None
    posts: tuple[HeldPost, ...] = ()
    system: str = ""

    @property
    def account_id(self) -> int | None:
        return self.account.pk if self.account else None

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def label(self) -> str:
        if self.system:
            return self.system
        who = self.person.name if self.person else (self.account.username if self.account else "未登录")
        return f"{who}({self.posts[0].label})" if self.posts else who

    @property
    def is_staff(self) -> bool:
        return bool(self.posts)

    @property
    def is_system(self) -> bool:
        return bool(self.system)

    @property
    def can_open(self) -> dict[str, bool]:
        """Which parts of the desk the posts lead to."""
        return {
            "cases": self.holds(*CASE_POSTS, Post.STREET_WINDOW),
            "checks": self.holds(*CASE_POSTS),
            "supervision": self.holds(*SUPERVISING_POSTS),
            "window": self.holds(Post.STREET_WINDOW),
            "money": self.holds(Post.DISTRICT_FINANCE, Post.DISTRICT_FINANCE_CHECKER),
            "funds": self.holds(
                Post.DISTRICT_FINANCE,
                Post.DISTRICT_FINANCE_CHECKER,
                Post.DISTRICT_CHIEF,
                Post.STREET_CHIEF,
                Post.CITY_LEADER,
            ),
            "audit": self.holds(Post.AUDITOR),
            "lists": self.holds(Post.DISTRICT_OFFICER, Post.DISTRICT_CHIEF),
            "budget": self.holds(*BUDGET_POSTS),
            "standards": self.holds(*POLICY_POSTS),
        }

    def places_as(self, *posts: str) -> tuple[str, ...]:
        """Prefixes of the places where any of the posts is held."""
        return tuple(prefix(held.place) for held in self.posts if held.post in posts)

    def holds(self, *posts: str, at: str | None = None) -> bool:
        """Holds one of the posts; with `at`, at a place that contains it."""
        return any(held.post in posts and (at is None or is_within(at, held.place)) for held in self.posts)


SYSTEM = Actor(system="系统")
NOBODY = Actor()


def actor_of(account: Account) -> Actor:
    if account.person_id is None:
        return Actor(account=account)
    held = list(StaffPost.held_today(account.person_id).select_related("place", "staff__person"))
    return Actor(
        account=account,
        person=held[0].staff.person if held else account.person,
        posts=tuple(HeldPost(each.post, each.place_id, each.place.name) for each in held),
    )
