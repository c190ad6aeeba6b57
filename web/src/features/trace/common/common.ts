import type { CommonOrigin, CommonOrigins } from '../../../api/trace';

/** As many objects as are compared in one go, failed and good together. */
export const mostTogether = 50;

/** Identifiers of a text: one a line, or parted by spaces or commas. A serial may hold a comma itself: one parts only where another identifier begins behind it. */
export function parseObjects(text: string): string[] {
  const parts = text.split(/[\s，、；]+|[,;](?=\s|$|urn:|https?:\/\/|\d[\d.]*\/)/i).filter((part) => part !== '');
  return [...new Set(parts)];
}

export interface Asked { failed: string[]; good: string[] }

export const bothOf = ({ failed, good }: Asked) => failed.filter((one) => good.includes(one));

export const mayAsk = (asked: Asked) => asked.failed.length > 0 && asked.failed.length + asked.good.length <= mostTogether && bothOf(asked).length === 0;

/** The request for what they have in common: parameters repeat. */
export function commonPath({ failed, good }: Asked): string {
  const search = new URLSearchParams([...failed.map((id) => ['id', id]), ...good.map((id) => ['other', id])]);
  return `/api/trace/common?${search.toString()}`;
}

/** Whether something is in all that failed and in none that are good, where there are some to compare with. */
export const isOnly = (origin: Pick<CommonOrigin, 'of' | 'ofOthers'>, { asked, others }: Pick<CommonOrigins, 'asked' | 'others'>) => others > 0 && origin.of === asked && origin.ofOthers === 0;

/** How many of those that were named are not seen. */
export const unseen = (named: Asked, { asked, others }: Pick<CommonOrigins, 'asked' | 'others'>) => named.failed.length + named.good.length - asked - others;
