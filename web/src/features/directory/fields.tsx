import { useCallback } from 'react';
import { useAll } from '../../api/all';
import type { FieldChange, RelationKind } from '../../api/types';
import { useWords } from '../../context/preferences';
import { known } from '../../i18n/translate';
import { useTypeWords } from '../packs/typeWords';
import { usePartyName, useRegionName, useThings } from './names';

/** Kinds of identifiers are the user's own words; the usual ones are translated. */
export function useIdentifierName(): (kind: string) => string {
  const { t } = useWords();
  return useCallback((kind) => { const key = `identifier.${kind}`; return known(key) ? t(key) : kind; }, [t]);
}

/** What the history calls a field, and what its values mean. */
export function useFieldWords() {
  const { t, label } = useWords();
  const identifier = useIdentifierName();
  const [types, party, region, things] = [useTypeWords(), usePartyName(), useRegionName(), useThings()];
  const kinds = useAll<RelationKind>('/api/relation-kinds', {}, true, Infinity);
  const thing = (id: string) => things.data?.find((one) => one.id === id)?.name ?? id;
  const name = (field: string): string => {
    if (field.startsWith('identifiers.')) return identifier(field.slice('identifiers.'.length));
    if (field.startsWith('relation.')) {
      const kind = kinds.data?.find((one) => one.id === field.split('.')[1]);
      return kind === undefined ? t('thing.relations') : label(field.endsWith('.back') ? kind.back : kind.name);
    }
    const key = `field.${field}`;
    return known(key) ? t(key) : field;
  };
  const value = (field: string, text: string | null): string => {
    if (text === null) return '–';
    if (field === 'type') return types.type(text);
    if (field === 'party') return party(text);
    if (field === 'region') return region(text);
    return field === 'parent' || field === 'gateway' || field.startsWith('relation.') ? thing(text) : text;
  };
  return { name, value };
}

/** Fields as one line: name: before → after. */
export function FieldChanges({ fields }: { fields: FieldChange[] }) {
  const words = useFieldWords();
  const text = (change: FieldChange) => (change.from === null ? words.value(change.field, change.to) : `${words.value(change.field, change.from)} → ${words.value(change.field, change.to)}`);
  return <span title={fields.map((change) => `${words.name(change.field)}: ${text(change)}`).join('\n')}>{fields.map((change, index) => <span key={change.field}>{index > 0 && <span className="faint"> · </span>}<span className="faint">{words.name(change.field)} </span>{text(change)}</span>)}</span>;
}
