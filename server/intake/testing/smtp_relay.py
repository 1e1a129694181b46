"""A mail exchanger of the tests: aiosmtpd in front, every mailbox behind it over LMTP, answers passed on as they are.

Runs with Debian's own Python. Arguments: SMTP port, LMTP port. Says `ready` when it listens.
Mailboxes whose name begins with `greylisted` are refused for now (451) at their first try of each message.
Those that begin with `silent` are taken, and then the sender waits for an answer that never comes.
"""
import asyncio
import smtplib
import sys

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

smtp_port, lmtp_port = int(sys.argv[1]), int(sys.argv[2])

# Other mail servers on the way are not so strict (RFC 5321 section 4.5.3.1.6 has 1000).
SMTP.line_length_limit = 64 * 1024 * 1024


class Relay:
    def __init__(self):
        self.seen = set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('greylisted') and address not in self.seen:
            self.seen.add(address)
            return '451 4.7.1 Try again later'
        answer = await asyncio.to_thread(self.ask, envelope.mail_from, address)
        if answer is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        try:
            await asyncio.to_thread(self.deliver, envelope)
        except smtplib.SMTPResponseException as refusal:
            return f'{refusal.smtp_code} {refusal.smtp_error.decode()}'
        if any(address.startswith('silent') for address in envelope.rcpt_tos):
            await asyncio.sleep(3600)
        return '250 OK: delivered'

    def ask(self, sender, address):
        with smtplib.LMTP('127.0.0.1', lmtp_port) as lmtp:
            lmtp.ehlo_or_helo_if_needed()
            lmtp.mail(sender or '')
            code, words = lmtp.rcpt(address)
            return None if code == 250 else f'{code} {words.decode()}'

    def deliver(self, envelope):
        with smtplib.LMTP('127.0.0.1', lmtp_port) as lmtp:
            # smtplib would rewrite the line ends of what it is given as text.
            lmtp.sendmail(envelope.mail_from or '', envelope.rcpt_tos, envelope.original_content)


Controller(Relay(), hostname='127.0.0.1', port=smtp_port, data_size_limit=100 * 1024 * 1024).start()
print('ready', flush=True)
# Ends with whoever started it, however that ended.
sys.stdin.read()
