"""A client of the Handle System in the standard library alone, written from RFC 3651 and RFC 3652.

Knows nothing of the server under test. Asks, checks what the protocol demands of every answer (request number, digest), and prints
what came: one line for each step.

    handle_peer.py UDP_PORT TCP_PORT ADMIN_HANDLE SECRET N_HEX D_HEX
"""
import hashlib
import hmac
import os
import random
import socket
import struct
import sys

RESOLVE, SITE, CREATE, DELETE, ADD, REMOVE, MODIFY, LIST = 1, 2, 100, 101, 102, 103, 104, 105
ANSWER = 200
PUBLIC_ONLY, DIGEST, CONTINUES = 0x01000000, 0x00800000, 0x04000000
VERSION = (2, 11)


def text(data):
    data = data.encode() if isinstance(data, str) else data
    return struct.pack(">i", len(data)) + data


def value(index, kind, data, permissions=0b1110, ttl=86400, timestamp=0):
    return struct.pack(">iIBiB", index, timestamp, 0, ttl, permissions) + text(kind) + text(data) + struct.pack(">i", 0)


def values(*each):
    return struct.pack(">i", len(each)) + b"".join(each)


def resolution(handle, indexes=(), kinds=()):
    return (text(handle) + struct.pack(">i", len(indexes)) + b"".join(struct.pack(">i", i) for i in indexes)
            + struct.pack(">i", len(kinds)) + b"".join(text(k) for k in kinds))


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def take(self, length):
        assert self.at + length <= len(self.data), "an answer that ends inside a field"
        self.at += length
        return self.data[self.at - length:self.at]

    def number(self):
        return struct.unpack(">i", self.take(4))[0]

    def text(self):
        return self.take(self.number())

    def values(self):
        found = []
        for _ in range(self.number()):
            index, stamp, kind, ttl, permissions = struct.unpack(">iIBiB", self.take(14))
            name, data = self.text().decode(), self.text()
            for _ in range(self.number()):
                self.text(), self.number()
            found.append((index, name, data))
        return found


class Answer:
    def __init__(self, envelope, message, request):
        major, minor, _, _, self.session, number, _, length = struct.unpack(">BBBBiiii", envelope)
        assert (major, minor) == VERSION, f"an answer in {major}.{minor}"
        assert length == len(message)
        self.operation, self.code, self.flags, _, _, self.expires, body = struct.unpack(">iiIHBxIi", message[:24])
        assert len(message) == 24 + body + 4 and message[-4:] == bytes(4), "no empty credential where none was asked for"
        self.body = Reader(message[24:24 + body])
        self.digest = b""
        if self.flags & DIGEST:
            assert self.body.take(1) == b"\x03", "2.11 has SHA-256"
            self.digest = self.body.take(32)
            assert self.digest == hashlib.sha256(request).digest(), "the digest of another request"


class Client:
    def __init__(self, udp, tcp):
        self.udp, self.tcp, self.numbers = udp, tcp, random.SystemRandom()

    def message(self, operation, body, flags):
        return struct.pack(">iiIHBxIi", operation, 0, flags, 0xFFFF, 0, 0, len(body)) + body + bytes(4)

    def envelope(self, length, session, number, part=0, parts=1):
        return struct.pack(">BBBBiiii", 2, 11, (0x20 if parts > 1 else 0) | 2, 11, session, number, part, length)

    def ask_udp(self, operation, body, flags=PUBLIC_ONLY | DIGEST, session=0):
        message, number = self.message(operation, body, flags), self.numbers.randint(1, 2 ** 31 - 1)
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
            s.settimeout(5)
            s.connect(("127.0.0.1", self.udp))
            parts = -(-len(message) // 492)
            for part in reversed(range(parts)):
                s.send(self.envelope(len(message), session, number, part, parts) + message[part * 492:(part + 1) * 492])
            found, envelope, datagrams = {}, b"", 0
            while True:
                datagram = s.recv(2048)
                datagrams += 1
                assert len(datagram) <= 512, "a datagram longer than 512 bytes"
                envelope = datagram[:20]
                _, _, _, _, _, came, part, length = struct.unpack(">BBBBiiii", envelope)
                assert came == number
                found[part] = datagram[20:]
                if sum(map(len, found.values())) == length:
                    whole = b"".join(found[part] for part in sorted(found))
                    answer = Answer(envelope, whole, message[:-4])
                    answer.datagrams = datagrams
                    return answer

    def ask_tcp(self, operation, body, flags=PUBLIC_ONLY | DIGEST, session=0, challenged=None):
        message, number = self.message(operation, body, flags), self.numbers.randint(1, 2 ** 31 - 1)
        answers = []
        with socket.create_connection(("127.0.0.1", self.tcp), 5) as s:
            s.sendall(self.envelope(len(message), session, number) + message)
            while not answers or answers[-1].flags & CONTINUES:
                envelope = self.exactly(s, 20)
                _, _, _, _, _, came, part, length = struct.unpack(">BBBBiiii", envelope)
                assert (came, part) == (number, 0)
                answers.append(Answer(envelope, self.exactly(s, length), challenged or message[:-4]))
        return answers

    @staticmethod
    def exactly(s, length):
        data = b""
        while len(data) < length:
            more = s.recv(length - len(data))
            assert more, "the connection ended inside an answer"
            data += more
        return data

    def administer(self, operation, body, key):
        """Asks, is challenged, proves, and gives the answers to what was asked first."""
        first = self.ask_tcp(operation, body, DIGEST)[0]
        if first.code != 402:
            return [first]
        nonce = first.body.text()
        assert len(nonce) == 16 and first.session > 0
        kind, handle, index, proof = key(nonce, first.digest)
        asked = self.message(operation, body, DIGEST)[:-4]
        return self.ask_tcp(ANSWER, text(kind) + text(handle) + struct.pack(">i", index) + text(proof), DIGEST, first.session, asked)


def rsa_key(handle, index, n, d, sha256=True):
    def prove(nonce, digest):
        name, head, hashed = (b"SHA-256", "3031300d060960864801650304020105000420", hashlib.sha256) if sha256 else (b"SHA1", "3021300906052b0e03021a05000414", hashlib.sha1)
        info = bytes.fromhex(head) + hashed(nonce + digest).digest()
        size = (n.bit_length() + 7) // 8
        padded = b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info
        return "HS_PUBKEY", handle, index, text(name) + text(pow(int.from_bytes(padded, "big"), d, n).to_bytes(size, "big"))
    return prove


def secret_key(handle, index, secret, form):
    def prove(nonce, digest):
        data, secret_bytes = nonce + digest, secret.encode()
        if form == 0x22:
            salt = os.urandom(16)
            code = hmac.new(hashlib.pbkdf2_hmac("sha1", secret_bytes, salt, 10000, 20), data, "sha1").digest()
            return "HS_SECKEY", handle, index, b"\x22" + text(salt) + struct.pack(">ii", 10000, 160) + text(code)
        made = {0x02: lambda: hashlib.sha1(secret_bytes + data + secret_bytes), 0x03: lambda: hashlib.sha256(secret_bytes + data + secret_bytes),
                0x12: lambda: hmac.new(secret_bytes, data, "sha1"), 0x13: lambda: hmac.new(secret_bytes, data, "sha256")}[form]()
        return "HS_SECKEY", handle, index, bytes([form]) + made.digest()
    return prove


def main(udp, tcp, admin, secret, n, d):
    client = Client(int(udp), int(tcp))
    n, d = int(n, 16), int(d, 16)
    key = rsa_key(admin, 300, n, d)

    def show(step, answer):
        found = ""
        if answer.code == 1 and answer.operation == RESOLVE:
            handle = answer.body.text().decode()
            found = f" {handle} " + " ".join(f"{i}:{t}={v[:40].decode(errors='replace')}({len(v)})" for i, t, v in answer.body.values())
        print(f"{step}: {answer.operation} {answer.code}{found}")

    show("udp", client.ask_udp(RESOLVE, resolution("88.111.1/x")))
    show("tcp", client.ask_tcp(RESOLVE, resolution("88.111.1/X"))[0])
    show("by index", client.ask_udp(RESOLVE, resolution("88.111.1/x", [2])))
    show("by type", client.ask_udp(RESOLVE, resolution("88.111.1/x", [], ["url."])))
    show("by neither", client.ask_udp(RESOLVE, resolution("88.111.1/x", [9], ["EMAIL"])))
    show("missing", client.ask_udp(RESOLVE, resolution("88.111.1/none")))
    large = client.ask_udp(RESOLVE, resolution("88.111.1/large"))
    show(f"large in {large.datagrams}", large)
    show("secret value, public only", client.ask_udp(RESOLVE, resolution(admin, [301])))
    show("secret value", client.ask_udp(RESOLVE, resolution(admin, [301]), DIGEST))
    show("secret value, proved", client.administer(RESOLVE, resolution(admin, [301]), key)[0])
    show("slow", client.ask_udp(RESOLVE, resolution("88.111.1/slow")))
    site = client.ask_udp(SITE, text("88.111.1/x"))
    print("site:", site.code, struct.unpack(">HBBHBB", site.body.take(8)))

    new = "88.111.1/new"
    show("create", client.administer(CREATE, text(new) + values(value(1, "URL", "http://a/"), value(2, "DESC", "铜箔")), key)[0])
    show("created", client.ask_udp(RESOLVE, resolution(new)))
    show("create again", client.administer(CREATE, text(new) + values(value(1, "URL", "http://a/")), key)[0])
    for form in (0x02, 0x03, 0x12, 0x13, 0x22):
        by_secret = secret_key(admin, 301, secret, form)
        show(f"modify by {form:02x}", client.administer(MODIFY, text(new) + values(value(1, "URL", f"http://{form:02x}/")), by_secret)[0])
        show("modified", client.ask_udp(RESOLVE, resolution(new, [1])))
    show("by SHA-1", client.administer(ADD, text(new) + values(value(3, "EMAIL", "a@b")), rsa_key(admin, 300, n, d, sha256=False))[0])
    show("remove", client.administer(REMOVE, text(new) + struct.pack(">ii", 1, 2), key)[0])
    show("removed", client.ask_udp(RESOLVE, resolution(new)))
    show("wrong key", client.administer(DELETE, text(new), rsa_key(admin, 300, n, d + 2))[0])
    show("wrong secret", client.administer(DELETE, text(new), secret_key(admin, 301, "guess", 0x22))[0])
    show("no admin", client.administer(DELETE, text(new), rsa_key("88.111.1/keys", 300, n, d))[0])
    show("delete", client.administer(DELETE, text(new), key)[0])
    show("deleted", client.ask_udp(RESOLVE, resolution(new)))

    lists = client.administer(LIST, text("0.NA/88.111.1"), key)
    print("list:", [answer.body.number() for answer in lists], [bool(answer.flags & CONTINUES) for answer in lists])
    big = client.ask_udp(CREATE, text("88.111.1/big") + values(value(1, "DESC", "x" * 3000)), DIGEST)
    print("create by udp:", big.code, big.session > 0)
    show("session", client.ask_tcp(400, b"")[0])
    show("unknown", client.ask_tcp(1001, b"")[0])


main(*sys.argv[1:])
