"""Who the law speaks of: persons, and the family that lives together. Roles are seen from the applicant."""

from openfisca_core.entities import build_entity

Person = build_entity(key="person", plural="persons", label="个人", is_person=True)
Household = build_entity(
    key="household",
    plural="households",
    label="家庭",
    roles=[
        {"key": "applicant", "label": "申请人", "max": 1},
        {"key": "spouse", "label": "配偶", "max": 1},
        {"key": "child", "plural": "children", "label": "子女"},
        {"key": "parent", "plural": "parents", "label": "父母"},
        {"key": "other", "plural": "others", "label": "其他成员"},
    ],
)
