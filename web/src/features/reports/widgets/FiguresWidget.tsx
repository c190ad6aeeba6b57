import { Link } from 'react-router';
import { address } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { IncidentFigures } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { bandIcon } from '../../../ui/icons';
import { Live } from '../../../ui/live';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { Waiting } from '../../../ui/waiting';
import type { WidgetProps } from '../../console/widgets/props';
import { useReal } from '../exercise';

const severities = ['red', 'orange', 'yellow', 'blue'] as const;

function Count({ name, value, before, to, alert = false }: { name: string; value: number; before?: number; to: string; alert?: boolean }) {
  const { t } = useWords();
  return (
    <Link to={to} className="count-box">
      <span className="quiet clip">{name}</span>
      <span className="row"><Live of={value}><b>{value}</b></Live>{alert && value > 0 && <i className="mark tone-red">{bandIcon.red}</i>}{before !== undefined && <span className="faint clip">{t('incidents.yesterday', { count: before })}</span>}</span>
    </Link>
  );
}

/** How much there is: open by severity, late, mine, ended today against yesterday. */
export function IncidentFiguresWidget({ widget }: WidgetProps) {
  const { t } = useWords();
  const answer = useOne<IncidentFigures>('/api/incidents/figures', useReal({ type: widget.incident }), { refetch: 30_000 });
  const figures = answer.data;
  return (
    <Panel title={t('incidents.figures')} tools={figures !== undefined && figures.waiting > 0 ? <span>{t('incidents.waiting', { count: figures.waiting })}</span> : undefined} testId="widget-incident-figures" flush>
      {answer.isPending && <Waiting rows={3} />}
      {answer.error !== null && figures === undefined && <ProblemView error={answer.error} retry={() => void answer.refetch()} />}
      {figures !== undefined && (
        <div className="counts">
          <div className="counts-row five">
            <Link to="/incidents" className="count-box total"><span className="quiet clip">{t('incidents.open')}</span><Live of={figures.open}><b>{figures.open}</b></Live></Link>
            {severities.map((severity) => (
              <Link key={severity} to={address('/incidents', { severity })} className="count-box" title={t('incidents.colour.is', { colour: t(`band.${severity}`), severity: t(`severity.${severity}`) })} data-testid={`figure-${severity}`}>
                <span className="quiet clip">{t(`band.${severity}`)}</span><span className="mark"><i className={`mark tone-${severity}`}>{bandIcon[severity]}</i><Live of={figures[severity]}><b>{figures[severity]}</b></Live></span>
              </Link>
            ))}
          </div>
          <div className="counts-row">
            <Count name={t('incidents.late')} value={figures.late} to="/incidents?late=yes" alert />
            <Count name={t('incidents.mine')} value={figures.mine} to="/incidents?mine=yes" />
            <Count name={t('incidents.proposals')} value={figures.proposals} to="/incidents?proposed=yes" />
          </div>
          <div className="counts-row">
            <Count name={t('incidents.opened.today')} value={figures.opened} before={figures.openedBefore} to="/incidents" />
            <Count name={t('incidents.closed.today')} value={figures.closed} before={figures.closedBefore} to="/incidents?view=ended" />
            <Count name={t('incidents.reports.today')} value={figures.reports} to="/reports" />
          </div>
        </div>
      )}
    </Panel>
  );
}
