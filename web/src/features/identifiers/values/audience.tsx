import type { Audience } from '../../../api/identifiers';
import { useWords } from '../../../context/preferences';
import { known } from '../../../i18n/translate';
import { usePartyName } from '../../directory/names';

/** Who may read a value, in words. */
export function useAudienceText(): (audience: Audience) => string {
  const { t } = useWords();
  const party = usePartyName();
  const role = (id: string) => { const key = `role.${id}`; return known(key) ? t(key) : id; };
  return (audience) => {
    if (typeof audience === 'string') return t(`value.read.${audience}`);
    const parts: ['parties' | 'roles' | 'purposes', string[]][] = [['parties', audience.parties.map(party)], ['roles', audience.roles.map(role)], ['purposes', audience.purposes]];
    return parts.filter(([, names]) => names.length > 0).map(([part, names]) => t('filter.of', { name: t(`value.read.${part}`), value: names.join(t('list.and')) })).join(' · ');
  };
}

/** The types that everybody uses have a word beside their name. */
export function useTypeWord(): (type: string) => string | null {
  const { t } = useWords();
  return (type) => { const key = `value.type.${type}`; return known(key) ? t(key) : null; };
}
