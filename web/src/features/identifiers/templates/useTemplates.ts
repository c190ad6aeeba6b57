import { useCallback } from 'react';
import { useAll } from '../../../api/all';
import type { Template } from '../../../api/identifiers';
import { useWords } from '../../../context/preferences';

export const useTemplates = () => useAll<Template>('/api/identifier-templates');

export function useTemplateName(): (id: string) => string {
  const { label } = useWords();
  const { data } = useTemplates();
  return useCallback((id) => label(data?.find((one) => one.id === id)?.name) || id, [data, label]);
}
