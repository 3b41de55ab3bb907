"""A text message says only that there is news: what it is stands behind the sign-in. Without a gateway the app's own message is all."""

import httpx
from django.conf import settings

from onewindow.kernel.cases.models import Message
from onewindow.kernel.outbox.models import OutMessage
from onewindow.kernel.outbox.sending import sends

TEXT = "您在民政一窗有新的消息，请登录查看。请勿向任何人透露验证码。"


@sends("sms")
def send_sms(message: OutMessage) -> None:
    """The gateway gets our key, so that a message sent twice arrives once. Any answer but 2xx is tried again."""
    if not settings.SMS_GATEWAY:
        return
    phone = Message.objects.select_related("person").get(pk=message.payload["message"]).person.phone
    if phone:
        headers = {"Authorization": f"Bearer {settings.SMS_TOKEN}", "Idempotency-Key": message.key}
        httpx.post(
            settings.SMS_GATEWAY, json={"phone": phone, "text": TEXT}, headers=headers, timeout=5
        ).raise_for_status()
