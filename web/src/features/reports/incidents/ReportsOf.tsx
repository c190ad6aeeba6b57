import { useRows } from '../../../api/hooks';
import type { Incident, Report } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { Section } from '../../../ui/side';
import { At } from '../../../ui/time';
import { Waiting } from '../../../ui/waiting';

/** What came of it, the newest first; the chosen one is shown beside. */
export function ReportsOf({ item, chosen, onChoose }: { item: Incident; chosen: string | null; onChoose: (report: string) => void }) {
  const { t, label } = useWords();
  const rows = useRows<Report>('/api/reports', { incident: item.id, ...(item.exercise ? { exercise: true } : {}) }, { limit: 200 });
  return (
    <Section title={t('incidents.reports')} tools={<span className="quiet small">{t('incidents.reports.count', { reports: item.reports, sources: item.sources })}</span>}>
      {rows.loading && <Waiting rows={4} />}
      <ol className="story reports" data-testid="reports-of">
        {rows.items.map((report) => (
          <li key={report.id} className={chosen === report.id ? 'chosen' : ''}>
            <button type="button" className="plain" onClick={() => { onChoose(report.id); }} data-testid="report-of" data-id={report.id}>
              <span className="row small quiet"><span className="tag">{label(report.sourceKindName)}</span><span className="clip grow">{report.source}</span><At at={report.reportedAt} shape="minute" /></span>
              <span className="report-brief">{report.title || report.text}</span>
              <span className="faint small">{report.how === 'joined' ? t('likeness.joined', { score: Math.round((report.score ?? 0) * 100) }) : t(report.how === 'moved' ? 'reports.moved.short' : 'reports.began.short')}</span>
            </button>
          </li>
        ))}
      </ol>
      {rows.more && <button type="button" className="link" onClick={rows.loadMore}>{t('more')}</button>}
    </Section>
  );
}
