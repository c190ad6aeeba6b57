import type { CalendarOwner } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { At } from '../../../ui/time';

interface Owned { owner: CalendarOwner | null; ownerName: string | null; byName?: string | null; at?: string | null; why?: string | null }

/** Whose working times these are, since when, and why. */
export function Whose({ of }: { of: Owned }) {
  const { t } = useWords();
  if (of.owner === null) return <p className="quiet small" data-testid="whose">{t('calendars.declared')}</p>;
  return <p className="small" data-testid="whose">{t('calendars.whose', { name: of.ownerName ?? of.owner.id })}{of.at && <span className="quiet"> {of.byName} · <At at={of.at} shape="minute" /> · {of.why}</span>}</p>;
}
