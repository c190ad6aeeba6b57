// Publishes and receives with MQTT.js: arguments are the URL, the protocol version (4 or 5), the QoS and the count. Version 5 numbers topics both ways.
import mqtt from 'mqtt';

const [url, version, qosText, countText] = process.argv.slice(2);
const qos = Number(qosText);
const count = Number(countText);
const topics = 20;
// At QoS 2 MQTT.js 5.16 forgets the topic of a message that came with an alias alone, so there it declares no maximum.
const aliases = version === '5' ? { properties: { topicAliasMaximum: qos < 2 ? 100 : 0 }, autoAssignTopicAlias: true } : {};
const client = await mqtt.connectAsync(url, {
  protocolVersion: Number(version), username: 'u', password: 'p', reconnectPeriod: 0, connectTimeout: 10_000, ...aliases,
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
await Promise.all(Array.from({ length: count }, (_, i) => client.publishAsync(`js/${i % topics}`, Buffer.alloc(i * 1000), { qos })));
await all;
got.forEach((line, i) => {
  if (line !== `js/${i % topics} ${i * 1000} ${qos}`) {
    throw new Error(`message ${i} was ${line}`);
  }
});
client.removeAllListeners('close');
await client.endAsync();
console.log(`done ${count}`);
