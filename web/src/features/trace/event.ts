import type { EpcisEvent, Quantity, SensorReport } from '../../api/trace';

/** Objects of an event by what happened to them in it. */
export interface Part { role: 'objects' | 'parent' | 'children' | 'inputs' | 'outputs'; ids: string[]; amounts: Quantity[] }

export function partsOf(event: EpcisEvent): Part[] {
  const parts: Part[] = [
    { role: 'objects', ids: event.epcList ?? [], amounts: event.quantityList ?? [] },
    { role: 'parent', ids: event.parentID === undefined ? [] : [event.parentID], amounts: [] },
    { role: 'children', ids: event.childEPCs ?? [], amounts: event.childQuantityList ?? [] },
    { role: 'inputs', ids: event.inputEPCList ?? [], amounts: event.inputQuantityList ?? [] },
    { role: 'outputs', ids: event.outputEPCList ?? [], amounts: event.outputQuantityList ?? [] },
  ];
  return parts.filter((part) => part.ids.length + part.amounts.length > 0);
}

/** Stands in for identifiers that an agreement leaves out. */
export const withheld = 'urn:jingwei:withheld';

/** An event that is seen by an agreement alone has an id of its own, and no proof that would tell the rest. */
export const isPartial = (id: string) => id.startsWith('urn:jingwei:event:');

/** What a report says, as figures or as text; of a summary the mean, least and greatest. */
export function valueOf(report: SensorReport): string | number | boolean | null {
  return report.value ?? report.meanValue ?? report.stringValue ?? report.booleanValue ?? report.uriValue ?? report.hexBinaryValue ?? null;
}

const known: ReadonlySet<string> = new Set([
  'type', 'eventID', 'eventTime', 'recordTime', 'eventTimeZoneOffset', 'action', 'bizStep', 'disposition', 'readPoint', 'bizLocation', 'epcList', 'quantityList', 'parentID', 'childEPCs', 'childQuantityList', 'inputEPCList',
  'inputQuantityList', 'outputEPCList', 'outputQuantityList', 'bizTransactionList', 'sourceList', 'destinationList', 'persistentDisposition', 'sensorElementList', 'certificationInfo', 'ilmd', 'errorDeclaration', '@context', 'transformationID',
]);

/** Whether a field is one that the standard does not know. */
export const isExtra = (name: string) => !known.has(name);

/** A value of such a field as text. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}

/** The name of a field without where it comes from. */
export const bare = (name: string) => name.split(/[:#/]/).at(-1) ?? name;

/** What is told beyond the standard's fields, and the master data of a lot: each a name and a text. */
export function extras(fields: Record<string, unknown>): [name: string, text: string][] {
  return Object.entries(fields).filter(([name]) => isExtra(name)).map(([name, value]) => [bare(name), textOf(value)]);
}
