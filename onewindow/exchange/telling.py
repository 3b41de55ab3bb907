"""A text message says only that there is news: what it is stands behind the sign-in. Who has no phone still has the app's own message."""

import httpx
from django.conf import settings

from onewindow.kernel.cases.models import Message
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import Undeliverable, Unreachable, sends

TEXT = "您在民政一窗有新的消息，请登录查看。请勿向任何人透露验证码。"


@sends("sms")
def send_sms(message: OutMessage) -> None:
    """The gateway gets our key, so that a message sent twice arrives once. Any answer but 2xx is tried again."""
    if not settings.SMS_GATEWAY:
        raise Undeliverable("没有设置短信网关")
    phone = Message.objects.select_related("person").get(pk=message.payload["message"]).person.phone
    if not phone:
        raise Undeliverable("没有登记手机号码")
    headers = {"Authorization": f"Bearer {settings.SMS_TOKEN}", "Idempotency-Key": message.key}
    try:
        answer = httpx.post(settings.SMS_GATEWAY, json={"phone": phone, "text": TEXT}, headers=headers, timeout=5)
    except httpx.TransportError as error:
        raise Unreachable(f"短信网关连接不上（{type(error).__name__}）") from error
    if answer.is_server_error:
        raise Unreachable(f"短信网关出错（{answer.status_code}）")
    answer.raise_for_status()
