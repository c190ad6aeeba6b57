import type { LonLat } from '../../../api/incidents';
import { momentAt } from '../../../format/wallClock';

/** What is written of a report and not yet taken in: kept on this machine until it is. */
export interface Draft { key: string; text: string; place: string; source: string; sourceKind: string; time: string; position: LonLat | null }

const store = 'jingwei.report-draft';

export const newDraft = (sourceKind: string): Draft => ({ key: crypto.randomUUID(), text: '', place: '', source: '', sourceKind, time: '', position: null });

export function loadDraft(): Draft | null {
  try {
    const draft = JSON.parse(localStorage.getItem(store) ?? 'null') as Draft | null;
    return draft !== null && typeof draft.key === 'string' && typeof draft.text === 'string' ? draft : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** An empty form is no draft. */
export function keepDraft(draft: Draft): void {
  if (draft.text === '' && draft.place === '') localStorage.removeItem(store);
  else localStorage.setItem(store, JSON.stringify(draft));
}

export const dropDraft = () => { localStorage.removeItem(store); };

/** The form as the server takes it; its time is by the clock that the screen shows. */
export function formOf(draft: Draft, files: Blob[], exercise: boolean, zone: string): FormData {
  const form = new FormData();
  const fields: Record<string, string> = {
    text: draft.text, place: draft.place, source: draft.source, sourceKind: draft.sourceKind, time: draft.time === '' ? '' : momentAt(draft.time, zone),
    lon: draft.position === null ? '' : String(draft.position.lon), lat: draft.position === null ? '' : String(draft.position.lat), exercise: exercise ? 'true' : '',
  };
  for (const [name, value] of Object.entries(fields)) if (value !== '') form.set(name, value);
  for (const file of files) form.append('files', file);
  return form;
}
