import { Button } from 'antd';
import { Link } from 'react-router';
import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { IncidentDetail, ReportAnswer, ReportDetail } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { bandIcon } from '../../../ui/icons';
import { LikenessBars } from '../incidents/LikenessBars';
import { useFactWords } from '../facts';
import { Colour } from '../Marks';

/** What became of a report: which incident it went to, and why. */
export function Became({ answer, onAgain }: { answer: ReportAnswer; onAgain: () => void }) {
  const { t } = useWords();
  const words = useFactWords();
  const detail = useOne<ReportDetail>(`/api/reports/${segment(answer.id)}`, {}, { refetch: answer.state === 'waiting' ? 2000 : undefined });
  const report = detail.data?.report ?? answer.report;
  const id = report?.incident ?? null;
  const incident = useOne<IncidentDetail>(`/api/incidents/${segment(id ?? '')}`, {}, { enabled: id !== null }).data?.incident;
  const said = report === null || report.state === 'waiting' ? t('reports.became.waiting') : report.state === 'setAside' ? t('reports.became.aside')
    : report.how === 'began' ? t('reports.became.new', { number: id ?? '' }) : t('reports.became.joined', { number: id ?? '', score: Math.round((report.score ?? 0) * 100) });
  const read = detail.data?.structure.facts.filter((one) => one.fact !== 'region') ?? [];
  return (
    <section className="report-form became" data-testid="became" data-how={report?.how ?? ''}>
      <div className="wide stack">
        <h2 className="mark"><i className="mark tone-green">{bandIcon.green}</i><span>{t(answer.duplicate ? 'reports.became.duplicate' : 'reports.became.taken')}</span></h2>
        <p className="big-line">{said}</p>
        {incident !== undefined && <Link to={`/incidents/${segment(incident.id)}`} className="row became-incident"><Colour severity={incident.severity} /><span className="clip">{incident.title}</span></Link>}
        {read.length > 0 && <p className="quiet" data-testid="became-facts">{t('fact.read')}{t('colon')}{read.map((one) => `${words.name(one.fact)} ${words.value(one)}`).join(t('list.and'))}</p>}
        {detail.data?.why && <details><summary className="link">{t('explain')}</summary><LikenessBars why={detail.data.why} /></details>}
        <div className="row wrap"><Button type="primary" size="large" onClick={onAgain} data-testid="report-again">{t('reports.form.again')}</Button>{id !== null && <Link to={`/incidents/${segment(id)}`}><Button size="large">{t('incidents.open.page')}</Button></Link>}</div>
      </div>
    </section>
  );
}
