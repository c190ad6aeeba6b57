// An edge node with one device, by npm sparkplug-client; arguments are the URL, the group, its name, user and password. Does what its standard input
// says, a line each, and says what happens to it: `born`, `rebirth`, `command {json}`.
import { createInterface } from 'node:readline';
import sparkplug from 'sparkplug-client';

const [serverUrl, groupId, edgeNode, username, password] = process.argv.slice(2);
const device = 'Press 7';
const node = sparkplug.newClient({
  serverUrl, groupId, edgeNode, username, password, clientId: `${groupId}-${edgeNode}`, publishDeath: true, mqttOptions: { reconnectPeriod: 100 },
});
let temperature = 20;

function born() {
  node.publishNodeBirth({
    timestamp: Date.now(),
    metrics: [
      { name: 'Node Control/Rebirth', type: 'Boolean', value: false },
      { name: 'Properties/Uptime', type: 'Int64', value: 1, timestamp: Date.now() },
    ],
  });
  node.publishDeviceBirth(device, {
    timestamp: Date.now(),
    metrics: [
      { name: 'Spindle/Temperature', alias: 1, type: 'Float', value: temperature, timestamp: Date.now() },
      { name: 'Running', alias: 2, type: 'Boolean', value: true, timestamp: Date.now() },
      { name: 'Offset', alias: 3, type: 'Int16', value: -3, timestamp: Date.now() },
      { name: 'Recipe', alias: 4, type: 'String', value: '甲', timestamp: Date.now() },
      { name: 'Target', alias: 5, type: 'Double', value: 0, timestamp: Date.now() },
      { name: 'Undeclared', alias: 6, type: 'Double', value: 1, timestamp: Date.now() },
    ],
  });
  console.log('born');
}

node.on('birth', born);
node.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
node.on('ncmd', (payload) => {
  if (payload.metrics.some((metric) => metric.name === 'Node Control/Rebirth' && metric.value === true)) {
    console.log('rebirth');
    born();
  }
});
node.on('dcmd', (name, payload) => {
  const metrics = payload.metrics.map(({ alias, type, value }) => ({ alias: Number(alias), type, value }));
  console.log(`command ${name} ${JSON.stringify(metrics)}`);
  node.publishDeviceData(device, { timestamp: Date.now(), metrics: metrics.map((metric) => ({ ...metric, timestamp: Date.now() })) });
});

const does = {
  // A value by its alias alone.
  temperature: (text) => {
    temperature = Number(text);
    node.publishDeviceData(device, { timestamp: Date.now(), metrics: [{ alias: 1, type: 'Float', value: temperature, timestamp: Date.now() }] });
  },
  // As if a message had been lost on the way.
  lose: () => node.incrementSeqNum(),
  deviceDies: () => node.publishDeviceDeath(device, { timestamp: Date.now() }),
  stop: () => node.stop(),
};
createInterface({ input: process.stdin }).on('line', (line) => {
  const [what, text] = line.split(' ');
  does[what](text);
});
