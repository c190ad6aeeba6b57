import { Link } from 'react-router';
import { useRows } from '../../../api/hooks';
import type { Duty, Turn } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { Panel } from '../../../ui/page';
import { At } from '../../../ui/time';
import type { WidgetProps } from '../../console/widgets/props';

/** Who is on duty, and who takes over when. */
export function OnDuty({ widget, wall }: WidgetProps) {
  const { t } = useWords();
  const { can } = useSession();
  const duty = useRows<Duty>('/api/on-call/rotas', {}, { refetch: 60_000 });
  const people = (turns: Turn[]) => [...new Set(turns.flatMap((turn) => turn.people.map((person) => person.name)))].join(t('list.and'));
  return (
    <Panel title={t('duty.now')} tools={wall ? undefined : <Link to="/duty">{t('duty.handover')}</Link>} testId="widget-duty" flush>
      {!duty.loading && duty.items.length === 0 && <div className="none">{t('rotas.nobody')}{can('configure') && !wall && <Link to="/notifications/rotas">{t('rotas.create')}</Link>}</div>}
      <ul className="ranked duty">
        {duty.items.slice(0, widget.count ?? 5).map((one) => (
          <li key={one.rota}><span className="quiet clip">{one.name}</span><b className="clip grow">{people(one.now) || t('rotas.nobody')}</b><span className="quiet clip">{one.next !== null && <>{t('rotas.next')} {people([one.next])} <At at={one.next.from} shape="minute" /></>}</span></li>
        ))}
      </ul>
    </Panel>
  );
}
