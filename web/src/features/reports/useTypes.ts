import { useAll } from '../../api/all';
import type { IncidentType } from '../../api/incidents';
import type { CaseType } from '../../api/types';
import { fieldList } from '../cases/fields';

/** The kinds of incidents that the packs in force declare; none where no pack has any. */
export function useIncidentTypes(): IncidentType[] {
  return useAll<IncidentType>('/api/incidents/types', {}, true, 300_000).data ?? [];
}

export function useIncidentType(id: string | undefined): IncidentType | undefined {
  const types = useIncidentTypes();
  return types.find((one) => one.id === id) ?? (id === undefined ? types[0] : undefined);
}

/** The values that a fact may have, by the field of the case that it fills. */
export function useFactValues(type: IncidentType | undefined, fact: string) {
  const cases = useAll<CaseType>('/api/case-types', {}, true, 300_000);
  const field = type?.fields[fact];
  const fields = fieldList(cases.data?.find((one) => one.id === type?.case)?.fields);
  return field === undefined ? [] : fields.find((one) => one.id === field)?.values ?? [];
}
