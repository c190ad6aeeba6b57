import type { PropertyInfo, TypeInfo } from '../../api/types';

/** How a pack maps line protocol: which database names it, and which tag names the thing. */
export interface LineMapping { protocol: string; database?: string | null; thingTag?: string | null }
export interface Place { hostname: string; origin: string; mqttPort: string }

function sample(info: PropertyInfo | undefined): unknown {
  switch (info?.type) {
    case 'number': return info.range ? Math.round((info.range[0] + Math.min(info.range[1], info.range[0] + 100)) / 2) : 1;
    case 'boolean': return true;
    case 'enumeration': return info.values?.[0]?.id ?? 'x';
    default: return 'test';
  }
}

/** A single-quoted word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Spaces, commas and equals signs end a word in line protocol. */
export function lineWord(text: string): string {
  return text.replace(/[ ,=]/g, (sign) => `\\${sign}`);
}

/** What the type itself adds is what its makers will send; properties of its own come last. */
function telling(type: TypeInfo): PropertyInfo | undefined {
  return type.properties.findLast((info) => info.type === 'number' && info.counter !== true) ?? type.properties[0];
}

/** Ready to be run: one over MQTT, one over HTTP where a channel takes line protocol. */
export function connectCommands(thing: { id: string; type: string; typeInfo: TypeInfo }, secret: string, place: Place, channels: LineMapping[]): { mqtt: string; http: string | null } {
  const property = telling(thing.typeInfo);
  const name = property?.id ?? 'value';
  const value = sample(property);
  const line = channels.find((channel) => channel.protocol === 'line-protocol' && channel.database);
  const mqtt = `mosquitto_pub -h ${place.hostname} -p ${place.mqttPort} -q 1 -u ${quoted(thing.id)} -P ${quoted(secret)} -t ${quoted(`jw/${thing.id}/readings`)} -m ${quoted(JSON.stringify({ values: { [name]: value } }))}`;
  if (line === undefined) return { mqtt, http: null };
  const measurement = line.thingTag ? `${thing.type},${lineWord(line.thingTag)}=${lineWord(thing.id)}` : lineWord(thing.id);
  const field = typeof value === 'string' ? `"${value}"` : String(value);
  return { mqtt, http: `curl -i -u ${quoted(`${thing.id}:${secret}`)} ${quoted(`${place.origin}/write?db=${encodeURIComponent(line.database ?? '')}`)} --data-binary ${quoted(`${measurement} ${name}=${field}`)}` };
}
