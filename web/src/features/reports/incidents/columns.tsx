import { useMemo } from 'react';
import type { Incident } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { Due } from '../../cases/Due';
import { heatText, useFactWords } from '../facts';
import { Colour, Level, Rank, RiskBar, Spark } from '../Marks';

const besideDrawer = ['rank', 'severity', 'title', 'region', 'heat', 'state', 'due'];

/** Beside an open drawer only what tells incidents apart is left. */
export function useIncidentColumns(open: boolean, narrow: boolean): Column<Incident>[] {
  const { t, label, language } = useWords();
  const words = useFactWords();
  return useMemo(() => {
    const columns: Column<Incident>[] = [
      { key: 'rank', title: t('incidents.rank'), width: 72, render: (item) => <Rank item={item} /> },
      { key: 'severity', title: t('incidents.colour'), width: 88, slim: true, render: (item) => <Colour severity={item.severity} /> },
      { key: 'title', title: t('incidents.what'), render: (item) => <span className="strong" title={item.title}>{item.title}</span> },
      { key: 'region', title: t('region'), width: 92, only: 'wide', render: (item) => item.regionName },
      { key: 'facts', title: t('incidents.facts'), width: '17%', only: 'wide', render: (item) => { const facts = words.brief(item.facts).join(t('list.and')); return facts === '' ? <span className="faint">{words.kindName(item.kind)}</span> : <span title={facts}>{facts}</span>; } },
      { key: 'level', title: t('fact.level'), width: 64, only: 'xwide', render: (item) => <Level level={item.level} /> },
      { key: 'risk', title: t('incidents.risk'), width: 112, only: 'xwide', render: (item) => <RiskBar risk={item.risk} /> },
      { key: 'heat', title: t('incidents.heat'), width: 140, only: 'wide', render: (item) => <span className="heat-line"><Spark hours={item.spark} /><b>{heatText(item.heat, language)}</b></span> },
      { key: 'reports', title: t('incidents.reports'), width: 64, right: true, only: 'wide', render: (item) => <span title={t('incidents.reports.count', { reports: item.reports, sources: item.sources })}>{item.reports}</span> },
      { key: 'state', title: t('state'), width: 88, only: 'wide', render: (item) => label(item.stateName) },
      { key: 'assignee', title: t('cases.assignee'), width: 88, only: 'xwide', render: (item) => item.assigneeName ?? <span className="faint">{t('cases.nobody')}</span> },
      { key: 'due', title: t('cases.due'), width: 128, render: (item) => <Due item={{ due: item.due, late: item.late, final: !item.open }} /> },
      { key: 'last', title: t('incidents.last'), width: 92, right: true, only: 'wide', render: (item) => <Ago at={item.last} /> },
    ];
    return columns.filter((column) => (open || (column.key !== 'rank' && column.key !== 'due')) && (!narrow || besideDrawer.includes(column.key)));
  }, [t, label, language, words, open, narrow]);
}
