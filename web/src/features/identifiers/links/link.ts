import type { ValueData } from '../../../api/identifiers';

/** The type of the values that are links of a GS1 key. */
export const linkValueType = 'GS1.LINK';

export interface LinkValue { linkType: string; href: string; title: string; type?: string; hreflang?: string[]; context?: string[]; fwqs?: boolean }

/** Link types of the GS1 Web Vocabulary that have words of their own. */
export const linkTypes = [
  'pip', 'instructions', 'quickStartGuide', 'tutorial', 'certificationInfo', 'traceability', 'recallStatus', 'sustainabilityInfo', 'safetyInfo', 'ingredientsInfo', 'nutritionalInfo', 'allergenInfo',
  'registerProduct', 'serviceInfo', 'support', 'hasRetailers', 'promotion', 'review', 'relatedVideo', 'epil', 'smpc', 'masterData', 'epcis', 'dpp', 'verificationService',
] as const;

const vocabularies = ['gs1:', 'https://ref.gs1.org/voc/', 'https://gs1.org/voc/', 'https://www.gs1.org/voc/'];

/** The name of a link type within the vocabulary of GS1; null for any other. */
export function termOf(linkType: string): string | null {
  const space = vocabularies.find((one) => linkType.startsWith(one));
  return space === undefined ? null : linkType.slice(space.length);
}

const isTexts = (value: unknown) => value === undefined || (Array.isArray(value) && value.every((one) => typeof one === 'string'));

export function linkIn(text: string): LinkValue | null {
  try {
    const read = JSON.parse(text) as Partial<LinkValue> | null;
    return typeof read?.linkType === 'string' && typeof read.href === 'string' && typeof read.title === 'string' && isTexts(read.hreflang) && isTexts(read.context) ? (read as LinkValue) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The link that a value is; null for any other value. */
export function linkValueOf(type: string, data: ValueData): LinkValue | null {
  return type.toUpperCase() === linkValueType && data.format === 'string' && typeof data.value === 'string' ? linkIn(data.value) : null;
}

/** A link as its value holds it: what was left empty is left out. */
export function linkText({ linkType, href, title, type, hreflang, ...more }: LinkValue): string {
  return JSON.stringify({ linkType, href, title, ...(type === undefined || type === '' ? {} : { type }), ...(hreflang === undefined || hreflang.length === 0 ? {} : { hreflang }), ...more });
}
