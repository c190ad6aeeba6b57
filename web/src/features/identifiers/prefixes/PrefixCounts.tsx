import { useMemo } from 'react';
import type { DayCount } from '../../../api/identifiers';
import { useRows } from '../../../api/hooks';
import { Chart } from '../../../charts/Chart';
import { useNow } from '../../../context/now';
import { usePreferences, useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { ProblemView } from '../../../ui/problem';
import { Section } from '../../../ui/side';
import { Waiting } from '../../../ui/waiting';
import { usePartyName } from '../../directory/names';
import { askersOf, countsOption, dayBefore, daysOf } from './counts';

const length = 30;

function Askers({ counts }: { counts: DayCount[] }) {
  const { t, language } = useWords();
  const party = usePartyName();
  const askers = askersOf(counts);
  if (askers.length === 0) return null;
  return (
    <table className="plain-table" data-testid="prefix-askers">
      <thead><tr><th>{t('prefix.counts.asker')}</th><th className="num">{t('prefix.counts.found')}</th><th className="num">{t('prefix.counts.missed')}</th></tr></thead>
      <tbody>{askers.map((asker) => <tr key={asker.party ?? ''}><td>{asker.party === null ? t('prefix.counts.anybody') : party(asker.party)}</td><td className="num">{number(asker.found, language)}</td><td className="num">{number(asker.missed, language)}</td></tr>)}</tbody>
    </table>
  );
}

/** What was registered and asked for in the last days, and by whom. */
export function PrefixCounts({ prefix }: { prefix: string }) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const today = new Date(useNow()).toISOString().slice(0, 10);
  const rows = useRows<DayCount>('/api/identifier-counts', { prefix, from: dayBefore(today, length - 1), to: today });
  const option = useMemo(() => countsOption(daysOf(rows.items, today, length), {
    mode, text: (value) => number(value, language), words: { found: t('prefix.counts.found'), missed: t('prefix.counts.missed'), registered: t('prefix.counts.registered'), resolved: t('prefix.counts.resolved') },
  }), [rows.items, today, mode, language, t]);
  return (
    <Section title={t('prefix.counts')}>
      {rows.loading ? <Waiting rows={4} /> : rows.error !== null ? <ProblemView error={rows.error} retry={rows.retry} /> : rows.items.length === 0 ? <p className="faint small">{t('prefix.counts.none')}</p> : (
        <>
          <div className="prefix-chart"><Chart option={option} label={t('prefix.counts.chart')} /></div>
          <Askers counts={rows.items} />
        </>
      )}
    </Section>
  );
}
