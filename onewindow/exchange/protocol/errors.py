"""Why a message was not taken. The reason is for programs and logs, the text for the engineer at the other end."""

STATUS = {
    "too_large": 413,
    "not_json": 400,
    "too_deep": 400,
    "wrong_shape": 400,
    "bad_headers": 400,
    "unknown_key": 401,
    "bad_signature": 401,
    "bad_digest": 401,
    "outside_window": 401,
    "unknown_partner": 404,
    "unknown_query": 404,
    "unknown_file": 404,
    "unknown_order": 404,
    "wrong_person": 409,
    "wrong_request": 409,
    "replay": 409,
    "conflict": 409,
    "unreachable": 502,
    "refused": 502,
}
"""Reason → HTTP status. The last two never leave us: they say that a partner could not be reached or said no."""


class ProtocolError(Exception):
    def __init__(self, reason: str, text: str = "") -> None:
        super().__init__(f"{reason}: {text}" if text else reason)
        self.reason, self.text = reason, text

    @property
    def status(self) -> int:
        return STATUS[self.reason]
