import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { IncidentDetail } from '../../../api/incidents';
import type { CaseDetail } from '../../../api/types';

/** An incident and the case by which it is handled: one number for both. */
export function useIncident(id: string) {
  const detail = useOne<IncidentDetail>(`/api/incidents/${segment(id)}`);
  const item = useOne<CaseDetail>(`/api/cases/${segment(id)}`);
  // What an archive brought in was handled elsewhere and has no case here.
  return { detail, item: item.data, isArchived: item.isError && item.data === undefined };
}
