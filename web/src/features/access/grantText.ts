import type { Grant } from '../../api/types';
import { useWords } from '../../context/preferences';
import { known } from '../../i18n/translate';

/** A grant as a sentence. */
export function useGrantText(party: (id: string) => string, region: (id: string) => string) {
  const { t } = useWords();
  return (grant: Grant) => {
    const key = `role.${grant.role}`;
    return t('users.grants.sentence', { role: known(key) ? t(key) : grant.role, party: party(grant.party), region: region(grant.region) });
  };
}
