import { Link } from 'react-router';
import { useRows } from '../../../api/hooks';
import type { Incident } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { Live } from '../../../ui/live';
import { useOpen } from '../../../ui/open';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { Empty, Waiting } from '../../../ui/waiting';
import { Due } from '../../cases/Due';
import type { WidgetProps } from '../../console/widgets/props';
import { hotRows, useReal } from '../exercise';
import { heatText, useFactWords } from '../facts';
import { hottest } from '../incidents/order';
import { Colour, Rank, Spark } from '../Marks';

function Row({ item }: { item: Incident }) {
  const { t, label, language } = useWords();
  const { open, opened } = useOpen();
  const words = useFactWords(item.type);
  const facts = words.brief(item.facts).slice(0, 3);
  return (
    <li className={opened('incident') === item.id ? 'chosen' : ''}>
      <button type="button" onClick={() => { open('incident', item.id); }} data-testid="incident-item" data-id={item.id}>
        <Rank item={item} />
        <Colour severity={item.severity} icon />
        <span className="lines-two">
          <span className="clip strong" title={item.title}>{item.title}</span>
          <span className="clip quiet under">{item.regionName}<span className="sep">·</span>{facts.length > 0 ? <Live of={facts.join()}>{facts.join(t('list.and'))}</Live> : words.kindName(item.kind)}</span>
        </span>
        <span className="lines-two side-lines">
          <span className="heat-line"><Spark hours={item.spark} /><Live of={heatText(item.heat, language)}><b title={t('incidents.heat')}>{heatText(item.heat, language)}</b></Live></span>
          <span className="quiet under clip">{item.late ? <Due item={{ due: item.due, late: true, final: false }} /> : <>{label(item.stateName)}{item.proposals > 0 && ` · ${t('incidents.proposals.count', { count: item.proposals })}`}</>}</span>
        </span>
      </button>
    </li>
  );
}

/** What is hot now, in its order; a day ago it stood elsewhere. */
export function IncidentRanking({ widget, wall }: WidgetProps) {
  const { t } = useWords();
  const list = useRows<Incident>('/api/incidents', useReal({ open: true, type: widget.incident }), { limit: hotRows, refetch: 60_000 });
  const rows = hottest(list.items).slice(0, widget.count ?? 30);
  return (
    <Panel title={t('incidents.ranking')} tools={wall ? undefined : <><Link to="/reports/new">{t('reports.new')}</Link><span className="faint">·</span><Link to="/incidents">{t('all')}</Link></>} testId="widget-incident-list" flush>
      {list.loading && <Waiting />}
      {list.error !== null && list.items.length === 0 && <ProblemView error={list.error} retry={list.retry} />}
      {!list.loading && list.error === null && rows.length === 0 && <Empty title={t('incidents.empty')} help={t('incidents.empty.help')} action={<Link to="/reports/new">{t('reports.new')}</Link>} />}
      <ol className="ranked hot">{rows.map((item) => <Row key={item.id} item={item} />)}</ol>
    </Panel>
  );
}
