import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { Incident, IncidentDetail } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { At } from '../../../ui/time';
import { useFactWords } from '../facts';
import { Colour, Level } from '../Marks';

/** Two incidents side by side: what a person looks at before he says that they are one. */
export function Compared({ item, other }: { item: Incident; other: string }) {
  const { t, label } = useWords();
  const words = useFactWords(item.type);
  const against = useOne<IncidentDetail>(`/api/incidents/${segment(other)}`).data?.incident;
  if (against === undefined) return null;
  const rows: [string, (one: Incident) => React.ReactNode][] = [
    [t('incidents.kind'), (one) => words.kindName(one.kind)], [t('region'), (one) => one.regionName], [t('proposals.first'), (one) => <At at={one.first} shape="minute" />],
    [t('incidents.last'), (one) => <At at={one.last} shape="minute" />], [t('incidents.facts'), (one) => words.brief(one.facts).join(t('list.and')) || '–'], [t('incidents.colour'), (one) => <Colour severity={one.severity} />],
    [t('fact.level'), (one) => <Level level={one.level} />], [t('incidents.reports'), (one) => t('incidents.reports.count', { reports: one.reports, sources: one.sources })], [t('state'), (one) => label(one.stateName)],
  ];
  return (
    <table className="plain-table compared" data-testid="compared">
      <thead><tr><th /><th>{t('proposals.this')}</th><th>{t('proposals.other')}</th></tr></thead>
      <tbody>{rows.map(([name, value]) => <tr key={name}><td className="quiet">{name}</td><td>{value(item)}</td><td>{value(against)}</td></tr>)}</tbody>
    </table>
  );
}
