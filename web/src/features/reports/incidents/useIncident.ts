import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { IncidentDetail } from '../../../api/incidents';
import type { CaseDetail } from '../../../api/types';

/** An incident and the case by which it is handled: one number for both. */
export function useIncident(id: string) {
  const detail = useOne<IncidentDetail>(`/api/incidents/${segment(id)}`);
  const item = useOne<CaseDetail>(`/api/cases/${segment(id)}`);
  return { detail, item: item.data };
}
