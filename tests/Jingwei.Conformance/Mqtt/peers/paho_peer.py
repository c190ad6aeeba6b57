"""Publishes and receives with paho-mqtt: arguments are host, port, version (3 or 5), QoS and count."""
import queue
import sys

import paho.mqtt.client as mqtt

host, port, version, qos, count = sys.argv[1], *map(int, sys.argv[2:])
protocol = mqtt.MQTTv5 if version == 5 else mqtt.MQTTv311
events = queue.Queue()

client = mqtt.Client(client_id="paho", protocol=protocol)
client.username_pw_set("u", "p")
client.on_connect = lambda *args: events.put(("connected", int(getattr(args[3], "value", args[3]))))
client.on_subscribe = lambda *args: events.put(("subscribed", args[2]))
client.on_message = lambda _client, _data, message: events.put(("message", message))
client.connect(host, port, keepalive=30)
client.loop_start()
assert events.get(timeout=10) == ("connected", 0)
client.subscribe("paho/#", qos=qos)
assert events.get(timeout=10)[0] == "subscribed"

published = [client.publish("paho/x", str(i), qos=qos) for i in range(count)]
for i in range(count):
    kind, message = events.get(timeout=10)
    assert (kind, message.payload.decode(), message.qos) == ("message", str(i), qos), (kind, message)
for one in published:
    one.wait_for_publish()
client.disconnect()
client.loop_stop()
print("done", count)
