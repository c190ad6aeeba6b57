import { words, type Key } from '../../i18n/words';

/** What an object is called on a label: of a Digital Link the serial or lot, else the number; of a URN what stands last. */
export function objectName(id: string): string {
  const link = /^https?:\/\/[^/]+\/(.+)$/.exec(id);
  if (link?.[1] !== undefined) return decodeURIComponent(link[1].split('/').at(-1) ?? id);
  return id.split(':').at(-1) ?? id;
}

/** The word at the end of a standard word's address: `shipping` of `https://ref.gs1.org/cbv/BizStep-shipping`. */
export function wordOf(uri: string | null): string | null {
  if (uri === null) return null;
  return /^https:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-(.+)$/.exec(uri)?.[1] ?? objectName(uri);
}

/** The key of the word for a business step of the CBV; null where it is another's. */
export function stepKey(uri: string | null): Key | null {
  const key = `step.${wordOf(uri) ?? ''}`;
  return key in words ? (key as Key) : null;
}

/** The key of the word for a type of event; null where it is an extension's. */
export function eventKey(type: string): Key | null {
  const key = `trace.event.${type}`;
  return key in words ? (key as Key) : null;
}
