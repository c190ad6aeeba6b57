import type { Warning } from '../../../api/incidents';
import type { Severity } from '../../../api/types';

/** As the China Meteorological Administration signs warnings; whoever reads the alert takes the colour from the headline (docs/cap.md). */
const colours: [string, Severity][] = [['红色', 'red'], ['橙色', 'orange'], ['黄色', 'yellow'], ['蓝色', 'blue']];
export const severities: Severity[] = ['red', 'orange', 'yellow', 'blue'];

/** As CAP 1.2 has them. */
export const categories = ['Met', 'Geo', 'Fire', 'Health', 'Safety', 'Security', 'Rescue', 'Env', 'Transport', 'Infra', 'CBRNE', 'Other'] as const;

/** The colour that a text names; null where it names none. */
export const colourIn = (text: string): Severity | null => colours.find(([word]) => text.includes(word))?.[1] ?? null;

/** A headline in the form that the public knows, out of what is filled in so far. */
export function headlineOf(places: string[], event: string, severity: Severity | undefined): string {
  if (event.trim() === '' || places.length === 0) return '';
  return `${places.join('、')}${event.trim()}${colours.find(([, one]) => one === severity)?.[0] ?? ''}预警`;
}

/** What is simulated says so wherever the alert is read. */
export const simulatedMark = '【模拟】';
export const marked = (headline: string, simulated: boolean) => (simulated && !headline.startsWith(simulatedMark) ? `${simulatedMark}${headline}` : headline);

export type WarningState = 'notice' | 'over' | 'coming' | 'inForce';

export function stateOf(warning: Pick<Warning, 'from' | 'to' | 'inForce' | 'cancels'>, now: number): WarningState {
  if (warning.cancels) return 'notice';
  if (warning.inForce) return 'inForce';
  return Date.parse(warning.from) > now && warning.to > warning.from ? 'coming' : 'over';
}
