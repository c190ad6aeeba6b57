import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { Comparison, Lineage } from '../../api/types';
import { useWords } from '../../context/preferences';
import { known } from '../../i18n/translate';
import { Band } from '../../ui/marks';
import { useOpen, whyOf } from '../../ui/open';
import { Section } from '../../ui/side';
import { indicatorText } from './value';

/** The figure beside other periods and beside its peers. */
export function ComparisonPart({ item }: { item: Lineage }) {
  const { t, language } = useWords();
  const { open } = useOpen();
  const answer = useOne<Comparison>(`/api/indicators/${segment(item.indicator)}/${segment(item.thing)}/comparison`, { at: item.window.from });
  const found = answer.data;
  if (found === undefined || (found.periods.length === 0 && found.past === null && found.peersWithValue < 2)) return null;
  const text = (value: number | null) => indicatorText(value, item.unit, language).text;
  const signed = (change: number | null) => (change === null ? '' : `${change > 0 ? '+' : change < 0 ? '−' : '±'}${text(Math.abs(change))}`);
  return (
    <Section title={t('indicators.comparison')}>
      <table className="plain-table" data-testid="comparison"><tbody>
        {found.periods.map((period) => {
          const key = `indicators.${period.which}`;
          return <tr key={period.which}><td><button type="button" className="link" onClick={() => { open('why', whyOf(item, period.from)); }}>{known(key) ? t(key) : period.which}</button></td><td>{period.band !== null && <Band band={period.band} icon />}</td><td className="num">{text(period.value)}</td><td className="num quiet">{signed(period.change)}</td></tr>;
        })}
        {found.past !== null && <tr><td>{t('indicators.past', { count: found.past.windows })}</td><td /><td className="num">{text(found.past.mean)}</td><td className="num quiet">{text(found.past.least)}–{text(found.past.greatest)}</td></tr>}
      </tbody></table>
      {found.rank !== null && found.peersWithValue > 1 && <p className="quiet" data-testid="peers">{t('indicators.peers', { rank: found.rank, count: found.peersWithValue, median: text(found.peerMedian) })}</p>}
    </Section>
  );
}
