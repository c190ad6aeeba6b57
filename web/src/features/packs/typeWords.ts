import { useMemo } from 'react';
import { useAll } from '../../api/all';
import type { PropertyInfo, TypeInfo } from '../../api/types';
import { useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';

export function useTypes() {
  return useAll<TypeInfo>('/api/types', {}, true, 300_000);
}

/** What packs call types, properties and values, in the language of the screen. */
export function useTypeWords() {
  const { data } = useTypes();
  const { label, language } = useWords();
  return useMemo(() => {
    const types = new Map((data ?? []).map((type) => [type.id, type]));
    const find = (type: string, property: string): PropertyInfo | undefined => types.get(type)?.properties.find((info) => info.id === property);
    const anywhere = (property: string): PropertyInfo | undefined => (data ?? []).flatMap((type) => type.properties).find((info) => info.id === property);
    return {
      types,
      type: (id: string) => label(types.get(id)?.name) || id,
      info: find,
      property: (type: string, property: string) => label((find(type, property) ?? anywhere(property))?.name) || property,
      value: (type: string, property: string, value: string) => label((find(type, property) ?? anywhere(property))?.values?.find((known) => known.id === value)?.name) || value,
      values: (type: string, property: string) => (find(type, property)?.values ?? []).map((known) => known.id),
      unit: (type: string, property: string) => unitSign(find(type, property)?.unit, language),
      /** The type itself and what it extends, nearest first. */
      lineage: (id: string) => {
        const declared = types.get(id)?.lineage;
        if (declared !== undefined) return declared;
        const line: string[] = [];
        for (let at: string | null | undefined = id; at && !line.includes(at); at = types.get(at)?.extends) line.push(at);
        return line;
      },
    };
  }, [data, label, language]);
}

export type TypeWords = ReturnType<typeof useTypeWords>;
