"""One rule of the standard a run, with paho-mqtt as the client: arguments are host, port, version (3 or 5) and the rule's name."""
import queue
import socket
import sys

import paho.mqtt.client as mqtt
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.subscribeoptions import SubscribeOptions

HOST, PORT, VERSION = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
PATIENCE = 20


def properties(packet, **values):
    made = Properties(packet)
    for name, value in values.items():
        setattr(made, name, value)
    return made


class Peer:
    """A connected client. What arrives waits in queues."""

    def __init__(self, name="", clean=True, expiry=0, keepalive=60, will=None, will_delay=0, loops=True, on_message=None):
        five = VERSION == 5
        self.messages, self.answers = queue.Queue(), queue.Queue()
        options = {} if five else {"clean_session": clean}
        self.client = client = mqtt.Client(client_id=name, protocol=mqtt.MQTTv5 if five else mqtt.MQTTv311, **options)
        client.username_pw_set("u", "p")
        client.reconnect_delay_set(60, 60)
        client.on_connect = self.connected
        client.on_subscribe = lambda *args: self.answers.put(args[3])
        client.on_unsubscribe = lambda *args: self.answers.put("unsubscribed")
        client.on_message = on_message or (lambda _client, _data, message: self.messages.put(message))
        if will:
            delay = {"properties": properties(PacketTypes.WILLMESSAGE, WillDelayInterval=will_delay)} if five and will_delay else {}
            client.will_set(will, "gone", 1, **delay)
        session = {"clean_start": clean, "properties": properties(PacketTypes.CONNECT, SessionExpiryInterval=expiry)} if five else {}
        client.connect(HOST, PORT, keepalive, **session)
        if loops:
            client.loop_start()
        else:
            while self.answers.empty():
                client.loop(1)
        self.flags, self.code, self.told = self.answers.get(timeout=PATIENCE)
        assert self.code == 0, self.code

    def connected(self, _client, _data, flags, code, told=None):
        self.answers.put((flags, int(getattr(code, "value", code)), told))

    def subscribe(self, *filters, qos=2, **options):
        asked = SubscribeOptions(qos, **options) if VERSION == 5 else qos
        self.client.subscribe([(each, asked) for each in filters])
        return [int(getattr(code, "value", code)) for code in self.answers.get(timeout=PATIENCE)]

    def unsubscribe(self, topic):
        self.client.unsubscribe(topic)
        assert self.answers.get(timeout=PATIENCE) == "unsubscribed"

    def publish(self, topic, payload, qos=1, retain=False, **told):
        made = {"properties": properties(PacketTypes.PUBLISH, **told)} if told else {}
        self.client.publish(topic, payload, qos, retain, **made).wait_for_publish(PATIENCE)

    def next(self):
        return self.messages.get(timeout=PATIENCE)

    def until(self, last):
        """Payloads up to this one, which was published after all that could have come."""
        got = []
        while not got or got[-1] != last:
            got.append(self.next().payload.decode())
        return got[:-1]

    def leave(self):
        self.client.disconnect()
        self.client.loop_stop()

    def cut(self):
        self.client.loop_stop()
        self.client.socket().shutdown(socket.SHUT_RDWR)


def retained():
    """[MQTT-3.3.1-5], [MQTT-3.3.1-6], [MQTT-3.3.1-8]; 3.1.1: [MQTT-3.3.1-10]."""
    peer = Peer()
    for qos in range(3):
        peer.publish(f"r/{qos}/x", str(qos), qos, retain=True)
    assert peer.subscribe("r/+/x") == [2]
    got = sorted((m.topic, m.payload.decode(), m.qos, m.retain) for m in (peer.next() for _ in range(3)))
    assert got == [(f"r/{q}/x", str(q), q, True) for q in range(3)], got
    for qos in range(3):
        peer.publish(f"r/{qos}/x", "", qos, retain=True)
    late = Peer()
    late.subscribe("r/#")
    late.publish("r/end", "end")
    assert late.until("end") == []


def offline_queue():
    """Section 4.1 and [MQTT-3.1.2-5]: QoS 1 and 2 wait for the client's return, and session present says so."""
    first = Peer("away", clean=False, expiry=600)
    first.subscribe("q/#")
    first.leave()
    other = Peer()
    for i in range(20):
        other.publish("q/a", str(i), 1 + i % 2)
    back = Peer("away", clean=False, expiry=600)
    assert back.flags["session present"] == 1

    # Paho hands a QoS 2 message over at PUBREL, so only messages of one QoS keep their order here.
    got = [back.next() for _ in range(20)]
    for qos in (1, 2):
        assert [int(m.payload) for m in got if m.qos == qos] == list(range(qos - 1, 20, 2)), [m.payload for m in got]


def overlapping():
    """[MQTT-3.3.5-1] of 3.1.1, [MQTT-3.3.4-2] of 5.0: the highest QoS of all that match; this server sends one copy."""
    peer = Peer()
    peer.subscribe("o/#", qos=1)
    peer.subscribe("o/+", qos=2)
    peer.subscribe("o/a", qos=0)
    peer.publish("o/a", "x", 2)
    assert peer.next().qos == 2
    peer.publish("o/a", "end")
    assert peer.until("end") == []


def keep_alive():
    """[MQTT-3.1.2-22]: silence of one and a half keep alives ends the connection, and its will is published."""
    watcher = Peer()
    watcher.subscribe("wills/silent")
    silent = Peer("silent", keepalive=1, will="wills/silent", loops=False)
    assert watcher.next().payload == b"gone"
    silent.client.socket().close()


def redelivery():
    """[MQTT-4.4.0-1]: what was not acknowledged comes again on the next connection, with DUP."""
    seen = queue.Queue()

    def cut(client, _data, message):
        seen.put(message)
        client.socket().shutdown(socket.SHUT_RDWR)

    first = Peer("again", clean=False, expiry=600, on_message=cut)
    first.subscribe("d/x", qos=1)
    Peer().publish("d/x", "once more")
    assert not seen.get(timeout=PATIENCE).dup
    first.client.loop_stop()
    back = Peer("again", clean=False, expiry=600)
    message = back.next()
    assert message.payload == b"once more" and message.dup, message


def dollar():
    """[MQTT-4.7.2-1]."""
    peer = Peer()
    peer.subscribe("#", "+/x")
    peer.publish("$own/x", "hidden")
    peer.publish("end", "end")
    assert peer.until("end") == []
    peer.subscribe("$own/#")
    peer.publish("$own/x", "seen")
    assert peer.next().payload == b"seen"


def unsubscribe():
    """[MQTT-3.10.4-2]."""
    peer = Peer()
    peer.subscribe("u/a", "u/b")
    peer.unsubscribe("u/a")
    peer.publish("u/a", "no")
    peer.publish("u/b", "end")
    assert peer.until("end") == []


def assigned_client_id():
    """[MQTT-3.1.3-6], [MQTT-3.2.2-16]."""
    one, two = Peer().told, Peer().told
    assert one.AssignedClientIdentifier and one.AssignedClientIdentifier != two.AssignedClientIdentifier


def session_expiry():
    """5.0, section 3.1.2.11.2: a session is there within its expiry and gone after it."""
    Peer("short", clean=False, expiry=1).leave()
    watcher = Peer()
    watcher.subscribe("wills/after")
    kept = Peer("kept", clean=False, expiry=600, will="wills/after", will_delay=3)
    kept.cut()
    assert watcher.next().payload == b"gone"
    assert Peer("short", clean=False, expiry=1).flags["session present"] == 0
    assert Peer("kept", clean=False, expiry=600).flags["session present"] == 1


def will_delay():
    """[MQTT-3.1.3-9]: a return within the delay takes the will away; the session's end does not wait for it."""
    watcher = Peer()
    watcher.subscribe("wills/#")
    Peer("returns", clean=False, expiry=600, will="wills/returns", will_delay=2).cut()
    Peer("returns", clean=False, expiry=600)
    Peer("ends", clean=False, expiry=3, will="wills/ends", will_delay=600).cut()
    assert watcher.next().topic == "wills/ends"
    watcher.publish("wills/x", "end")
    assert watcher.until("end") == []


def subscribe_options():
    """[MQTT-3.8.3-3], [MQTT-3.3.1-9] to [MQTT-3.3.1-13]."""
    peer = Peer()
    peer.publish("s/kept", "kept", retain=True)
    peer.subscribe("s/kept", retainHandling=SubscribeOptions.RETAIN_DO_NOT_SEND, retainAsPublished=True)
    peer.subscribe("s/kept", retainHandling=SubscribeOptions.RETAIN_SEND_IF_NEW_SUB, retainAsPublished=True)
    peer.subscribe("s/own", noLocal=True)
    peer.publish("s/own", "mine")
    peer.publish("s/kept", "again", retain=True)
    first = peer.next()
    assert (first.payload, first.retain) == (b"again", True), first.payload
    Peer().publish("s/own", "theirs")
    assert peer.next().payload == b"theirs"


def request_response():
    """[MQTT-3.3.2-15], [MQTT-3.3.2-16], [MQTT-3.3.2-17], [MQTT-3.3.2-20]."""
    asks, answers = Peer(), Peer()
    asks.subscribe("answers")
    answers.subscribe("questions")
    asks.publish("questions", "?", ResponseTopic="answers", CorrelationData=b"\x00\x07", UserProperty=[("k", "1"), ("k", "2")])
    question = answers.next().properties
    assert question.UserProperty == [("k", "1"), ("k", "2")]
    answers.publish(question.ResponseTopic, "!", CorrelationData=question.CorrelationData)
    assert asks.next().properties.CorrelationData == b"\x00\x07"


def publication_expiry():
    """[MQTT-3.3.2-5], [MQTT-3.3.2-6]."""
    away = Peer("late", clean=False, expiry=600)
    away.subscribe("e")
    away.leave()
    watcher = Peer()
    watcher.subscribe("wills/clock")
    watcher.publish("e", "old", MessageExpiryInterval=1)
    watcher.publish("e", "new", MessageExpiryInterval=1000)
    Peer("clock", clean=False, expiry=600, will="wills/clock", will_delay=2).cut()
    watcher.next()
    message = Peer("late", clean=False, expiry=600).next()
    assert message.payload == b"new" and message.properties.MessageExpiryInterval < 1000, message.payload


def shared():
    """5.0, section 4.8.2: each message goes to one member."""
    members = [Peer(), Peer()]
    for member in members:
        member.subscribe("$share/g/h/+")
    sender = Peer()
    for i in range(40):
        sender.publish("h/x", str(i), i % 3)
    got = [[member.next().payload.decode() for _ in range(20)] for member in members]
    assert sorted(map(int, got[0] + got[1])) == list(range(40)), got


globals()[sys.argv[4]]()
print("done", sys.argv[4])
