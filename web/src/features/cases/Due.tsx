import type { Case } from '../../api/types';
import { useNow } from '../../context/now';
import { useWords } from '../../context/preferences';
import { duration } from '../../format/durations';
import { moment } from '../../format/times';
import { bandIcon } from '../../ui/icons';
import { useZone } from '../../context/zone';

/** Time left, or how late: only lateness is marked. */
export function Due({ item }: { item: Pick<Case, 'due' | 'late' | 'final'> }) {
  const now = useNow();
  const { t, language } = useWords();
  const zone = useZone();
  if (item.due === null || item.final) return <span className="faint">–</span>;
  const left = (Date.parse(item.due) - now) / 1000;
  const span = duration(Math.abs(left), language);
  const late = item.late || left < 0;
  return <span className="mark" title={moment(item.due, zone)} data-testid="case-due" data-late={late}>{late && <i className="mark tone-red">{bandIcon.red}</i>}<span>{t(left < 0 ? 'cases.late' : 'cases.left', { span })}</span></span>;
}
