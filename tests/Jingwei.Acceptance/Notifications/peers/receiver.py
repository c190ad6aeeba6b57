"""Takes webhooks and mail, checks signatures with Python's own hmac, and prints each as a line of JSON.

Standard input: one line with the webhook's secret once it is known. The first line printed has both ports.
"""
import base64
import email
import email.policy
import hashlib
import hmac
import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

from aiosmtpd.controller import Controller

secret = None
known = threading.Event()


def say(line):
    print(json.dumps(line), flush=True)


class Webhooks(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        known.wait(60)
        signed = f"{self.headers['webhook-id']}.{self.headers['webhook-timestamp']}.".encode() + body
        expected = base64.b64encode(hmac.new(base64.b64decode(secret.removeprefix("whsec_")), signed, hashlib.sha256).digest()).decode()
        good = f"v1,{expected}" in self.headers["webhook-signature"].split(" ")
        say({"webhook": self.headers["webhook-id"], "good": good, "body": json.loads(body)})
        self.send_response(204 if good else 401)
        self.end_headers()

    def log_message(self, *_):
        pass


class Mail:
    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say({"to": envelope.rcpt_tos, "from": envelope.mail_from, "subject": message["subject"], "id": message["message-id"], "text": message.get_content()})
        return "250 OK"


smtp = Controller(Mail(), hostname="127.0.0.1", port=0)
# With port 0 the controller itself cannot tell that it runs; a free port is taken first.
import socket

with socket.socket() as probe:
    probe.bind(("127.0.0.1", 0))
    smtp.port = probe.getsockname()[1]
smtp.start()
http = HTTPServer(("127.0.0.1", 0), Webhooks)
threading.Thread(target=http.serve_forever, daemon=True).start()
say({"http": http.server_address[1], "smtp": smtp.port})
for line in sys.stdin:
    secret = line.strip()
    known.set()
