"""Inputs that broke something somewhere (reliability.md, 4), and kin. Each is put into every field."""

from typing import Any

TEXTS: dict[str, str] = {
    "nothing": "",
    "a blank": " ",
    "NUL": "\x00",
    "NUL inside": "张\x00三",
    "half a character": "\ud800",
    "the other half": "三\udfff四",
    "no character": "\uffff",
    "turned around": "\u202e三张\u202c",
    "a family": "👨\u200d👩\u200d👧\u200d👦",
    "beyond the plane": "𬭎䶮𪚥",
    "many marks": "e" + "\u0301" * 200,
    "lines": "一\r\n二\n三\x0b四\x1b[31m",
    "long": "长" * 10_000,
    "quote": "' OR '1'='1' --",
    "statement": "1; DROP TABLE cases_case; --",
    "like": "%_\\%",
    "script": "<script>window.__x=1</script>",
    "template": "{{ 7|add:7 }}{% debug %}${7*7}",
    "format": "%s%n{0}{__class__}",
    "path": "../../../../etc/passwd",
    "encoded NUL": "%00%0d%0a",
    "not a number": "NaN",
    "endless": "Infinity",
    "huge exponent": "1e999999999",
    "many digits": "9" * 5_000,
    "one too many": str(2**63),
    "below": str(-(2**63) - 1),
    "other digits": "１２３٣௧",
    "not a day": "2026-02-30",
    "beyond days": "99999-12-31",
    "day zero": "0000-00-00",
    "no id": "00000000-0000-0000-0000-000000000000",
    "almost an id": "zzzzzzzz-zzzz-4zzz-8zzz-zzzzzzzzzzzz",
    "a word of code": "__proto__",
}
VALUES: dict[str, Any] = {
    **TEXTS,
    "null": None,
    "true": True,
    "zero": 0,
    "minus one": -1,
    "int32": 2**31,
    "int64": 2**63,
    "beyond 64 bits": 10**100,
    "a fraction": 0.1,
    "a huge fraction": 1e308,
    "an empty list": [],
    "an empty object": {},
    "a list": ["一", None, 3],
    "a deep list": [[[[[[[["深"]]]]]]]],
    "an object": {"a": {"b": [{}]}, "": None},
    "many": [0] * 3_000,
}
IN_ADDRESSES = {
    name: TEXTS[name]
    for name in ("a blank", "NUL", "NUL inside", "turned around", "lines", "quote", "path", "encoded NUL", "many digits",
                 "one too many", "below", "other digits", "no id", "almost an id", "script")
}  # fmt: skip
"""Halves of characters can't be written in an address; the longest lines are cut by the server before us."""


def deep(levels: int) -> Any:
    value: Any = "深"
    for _ in range(levels):
        value = [value]
    return value


BODIES: dict[str, bytes] = {
    "nothing": b"",
    "no JSON": b"reason=1",
    "cut off": b'{"text": "',
    "other letters": '{"text": "一二三四五六七八九十"}'.encode("utf-16"),
    "broken letters": b'{"text": "\xff\xfe\xfa"}',
    "a list": b"[]",
    "null": b"null",
    "a text": b'"x"',
    "a number": b"1",
    "NaN": b'{"text": NaN}',
    "endless": b'{"text": -Infinity}',
    "1e400": b'{"text": 1e400}',
    "too many digits": b'{"text": ' + b"9" * 5_000 + b"}",
    "three thousand deep": b"[" * 3_000 + b"]" * 3_000,
    "a hundred thousand deep": b"[" * 100_000,
    "forty deep": b'{"text": ' + b"[" * 40 + b"]" * 40 + b"}",
    "forty objects deep": b'{"a":' * 40 + b"1" + b"}" * 40,
    "the same key twice": b'{"text": "a", "text": 1}',
    "a key with NUL": b'{"te\\u0000xt": "a"}',
    "half a character": b'{"text": "\\ud800"}',
    "half a character as key": b'{"\\udfff": 1}',
    "two megabytes": b'{"text": "' + b"a" * 2_100_000 + b'"}',
    "three megabytes": b'{"text": "' + b"a" * 3_000_000 + b'"}',
    "only brackets in text": ('{"text": "' + "[" * 200 + '"}').encode(),
}
