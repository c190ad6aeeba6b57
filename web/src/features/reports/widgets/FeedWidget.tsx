import { Link } from 'react-router';
import { useRows } from '../../../api/hooks';
import type { Report } from '../../../api/incidents';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useOpen } from '../../../ui/open';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { Ago } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';
import type { WidgetProps } from '../../console/widgets/props';
import { useReal } from '../exercise';

/** What came within this time fades in. */
const fresh = 10_000;

/** What came in, the newest first, and what became of it. */
export function ReportFeed({ widget, wall }: WidgetProps) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const now = useNow();
  const list = useRows<Report>('/api/reports', useReal({ type: widget.incident }), { limit: widget.count ?? 30 });
  return (
    <Panel title={t('reports.feed')} tools={wall ? undefined : <Link to="/reports">{t('all')}</Link>} testId="widget-incident-feed" flush>
      {list.loading && <Waiting />}
      {list.error !== null && list.items.length === 0 && <ProblemView error={list.error} retry={list.retry} />}
      {!list.loading && list.error === null && list.items.length === 0 && <div className="none">{t('reports.none.short')}</div>}
      <ul className="feed" data-testid="report-feed">
        {list.items.slice(0, widget.count ?? 30).map((report) => (
          <li key={report.id} className={now - Date.parse(report.receivedAt) < fresh ? 'changed' : ''}>
            <button type="button" onClick={() => { open('report', report.id); }} data-testid="feed-item" data-id={report.id}>
              <span className="row quiet under"><span className="tag">{label(report.sourceKindName)}</span><span className="clip grow">{report.source || report.regionName}</span><Ago at={report.reportedAt} /></span>
              <span className="feed-text">{report.title || report.text}</span>
              {report.incident !== null && <span className="faint under clip">{t(report.how === 'began' ? 'reports.began' : report.how === 'moved' ? 'reports.moved' : 'reports.joined', { number: report.incident })}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
