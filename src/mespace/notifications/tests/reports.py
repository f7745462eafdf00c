"""Delivery status notifications as mail servers write them."""

from mespace.notifications.models import Delivery

TEMPLATE = """\
From: MAILER-DAEMON@mx.factory.example
To: support@example.org
Subject: Successful Mail Delivery Report
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B0"

--B0
Content-Type: text/plain; charset=us-ascii

This is the mail system at host mx.factory.example.

--B0
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.factory.example
{envelope}Arrival-Date: Wed, 18 Nov 2026 09:10:00 +0300

Final-Recipient: rfc822; {final}
{original}Action: {action}
Status: {status}
Diagnostic-Code: smtp; {words}

--B0
Content-Type: text/rfc822-headers

From: support@example.org
Message-ID: {message_id}

--B0--
"""


def report(
    delivery: Delivery,
    action: str = "delivered",
    *,
    envelope_id: str | None = None,
    final: str = "",
    original: str | None = None,
    status: str = "2.0.0",
    words: str = "250 2.0.0 Ok",
    message_id: str = "",
) -> bytes:
    """A report about a delivery; what is not said is as an honest server of the recipient would say it."""
    envelope_id = delivery.envelope_id if envelope_id is None else envelope_id
    original = delivery.address if original is None else original
    return (
        TEMPLATE.format(
            envelope=f"Original-Envelope-Id: {envelope_id}\n" if envelope_id else "",
            final=final or delivery.address,
            original=f"Original-Recipient: rfc822;{original}\n" if original else "",
            action=action,
            status=status,
            words=words,
            message_id=message_id or delivery.message_id,
        )
        .replace("\n", "\r\n")
        .encode()
    )
