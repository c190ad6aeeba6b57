import { words, type Key } from '../../i18n/words';

/** What an object is called on a label: of a Digital Link the serial or lot, else the number; of a URN what stands last. */
export function objectName(id: string): string {
  const link = /^https?:\/\/[^/]+\/(.+)$/.exec(id);
  if (link?.[1] !== undefined) return decodeURIComponent(link[1].split('/').at(-1) ?? id);
  return id.split(':').at(-1) ?? id;
}

/** Whether a text is the identifier of an object: an EPC as a URN, or a Digital Link. */
export const isObject = (text: string) => /^urn:epc:(?:id:(?!sgln:)|class:)\S+$/.test(text) || /^https?:\/\/[^/\s]+\/(?:[^\s]*\/)?(?:00|01|253|255|401|402|8003|8004|8006|8010|8017|8018)\/[^/\s]+/.test(text);

/** The word at the end of a standard word's address: `shipping` of `https://ref.gs1.org/cbv/BizStep-shipping`. */
export function wordOf(uri: string | null): string | null {
  if (uri === null) return null;
  return /^https:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-(.+)$/.exec(uri)?.[1] ?? objectName(uri);
}

/** The vocabularies of which the console has the words: steps, dispositions, documents, sources, reasons, what sensors measure and warn of, types of events. */
const vocabularies = {
  step: (word: string) => `step.${word}`, disp: (word: string) => `disp.${word}`, btt: (word: string) => `btt.${word}`, sdt: (word: string) => `sdt.${word}`, er: (word: string) => `er.${word}`,
  measure: (word: string) => `measure.${word}`, alert: (word: string) => `alert.${word}`, mda: (word: string) => `mda.${word}`, event: (word: string) => `trace.event.${word}`,
};
export type Vocabulary = keyof typeof vocabularies;

/** The key of a standard word; null where it is another's. */
export function wordKey(vocabulary: Vocabulary, uri: string | null): Key | null {
  const key = vocabularies[vocabulary](wordOf(uri) ?? '');
  return key in words ? (key as Key) : null;
}

export const eventKey = (type: string) => wordKey('event', type);

// Codes of UN/CEFACT Recommendation 20 as people write them; those that the server converts between, and what plants measure in.
const units: Record<string, string> = {
  KGM: 'kg', GRM: 'g', MGM: 'mg', TNE: 't', LBR: 'lb', ONZ: 'oz', MTR: 'm', DMT: 'dm', CMT: 'cm', MMT: 'mm', '4H': 'µm', KMT: 'km', INH: 'in', FOT: 'ft', YRD: 'yd', SMI: 'mi',
  MTK: 'm²', CMK: 'cm²', MMK: 'mm²', HAR: 'ha', KMK: 'km²', MTQ: 'm³', LTR: 'L', DMQ: 'dm³', DLT: 'dL', CLT: 'cL', MLT: 'mL', CMQ: 'cm³', HLT: 'hL', GLL: 'gal (US)', GLI: 'gal (UK)',
  KEL: 'K', CEL: '°C', FAH: '°F', SEC: 's', C26: 'ms', MIN: 'min', HUR: 'h', DAY: 'd', WEE: 'wk', PAL: 'Pa', A97: 'hPa', KPA: 'kPa', MPA: 'MPa', MBR: 'mbar', BAR: 'bar', ATM: 'atm',
  MTS: 'm/s', KMH: 'km/h', HM: 'mph', KNT: 'kn', JOU: 'J', KJO: 'kJ', '3B': 'MJ', WHR: 'Wh', KWH: 'kWh', WTT: 'W', KWT: 'kW', MAW: 'MW', HTZ: 'Hz', KHZ: 'kHz', MHZ: 'MHz', A86: 'GHz',
  VLT: 'V', '2Z': 'mV', KVT: 'kV', AMP: 'A', '4K': 'mA', C62: '', EA: '', H87: '', P1: '%', '59': 'ppm', A93: 'g/m³', OHM: 'Ω', DD: '°', NEW: 'N', RPM: 'r/min',
};

/** A unit as people write it; a code that is not known as it is. */
export const unitOf = (code: string | null | undefined) => (code ? units[code] ?? code : '');
