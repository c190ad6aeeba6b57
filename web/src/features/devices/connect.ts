import type { PropertyInfo } from '../../api/types';
import type { TypedThing } from '../directory/thing';

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
function lineWord(text: string): string {
  return text.replace(/[ ,=]/g, (sign) => `\\${sign}`);
}

/** Ready to be run: one over MQTT, one over HTTP. */
export function connectCommands(thing: Pick<TypedThing, 'id' | 'typeInfo'>, secret: string, place: { hostname: string; origin: string }): { mqtt: string; http: string } {
  const property = thing.typeInfo.properties.find((info) => info.type === 'number' && !info.counter) ?? thing.typeInfo.properties[0];
  const name = property?.id ?? 'value';
  const value = sample(property);
  const payload = JSON.stringify({ values: { [name]: value } });
  const field = typeof value === 'string' ? `"${value}"` : String(value);
  return {
    mqtt: `mosquitto_pub -h ${place.hostname} -p 1883 -q 1 -u ${quoted(thing.id)} -P ${quoted(secret)} -t ${quoted(`jw/${thing.id}/readings`)} -m ${quoted(payload)}`,
    http: `curl -i -u ${quoted(`${thing.id}:${secret}`)} ${quoted(`${place.origin}/write`)} --data-binary ${quoted(`${lineWord(thing.id)} ${name}=${field}`)}`,
  };
}
