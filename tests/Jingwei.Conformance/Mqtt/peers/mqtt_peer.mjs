// Publishes and receives with MQTT.js: arguments are the URL, the protocol version (4 or 5), the QoS and the count.
import mqtt from 'mqtt';

const [url, version, qosText, countText] = process.argv.slice(2);
const qos = Number(qosText);
const count = Number(countText);
const client = await mqtt.connectAsync(url, {
  protocolVersion: Number(version), username: 'u', password: 'p', reconnectPeriod: 0, connectTimeout: 10_000,
});
const got = [];
const all = new Promise((resolve, reject) => {
  client.on('error', reject);
  client.on('close', () => reject(new Error('closed')));
  client.on('message', (topic, payload, packet) => {
    got.push(`${topic} ${payload.length} ${packet.qos}`);
    if (got.length === count) {
      resolve();
    }
  });
});
await client.subscribeAsync('js/#', { qos });
await Promise.all(Array.from({ length: count }, (_, i) => client.publishAsync(`js/${i}`, Buffer.alloc(i * 1000), { qos })));
await all;
got.forEach((line, i) => {
  if (line !== `js/${i} ${i * 1000} ${qos}`) {
    throw new Error(`message ${i} was ${line}`);
  }
});
client.removeAllListeners('close');
await client.endAsync();
console.log(`done ${count}`);
