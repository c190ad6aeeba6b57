import { Button } from 'antd';
import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Agreement } from '../../../api/agreements';
import { useAll } from '../../../api/all';
import type { DayCount, Prefix } from '../../../api/identifiers';
import { useRows } from '../../../api/hooks';
import { Chart } from '../../../charts/Chart';
import { useNow } from '../../../context/now';
import { usePreferences, useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { number } from '../../../format/numbers';
import { useOpen } from '../../../ui/open';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { Ago } from '../../../ui/time';
import { Empty, Waiting } from '../../../ui/waiting';
import { AgreementState } from '../agreements/AgreementState';
import { agreementsPath, useAgreementCounts, useOwn } from '../agreements/useAgreements';
import { countsOption, dayBefore, daysOf } from '../prefixes/counts';
import { PrefixState } from '../prefixes/PrefixState';
import { sums } from './sums';

const days = 30;
const mostListed = 6;

function Box({ name, to, children, note }: { name: string; to: string; children: ReactNode; note?: string }) {
  return <Link className="count-box" to={to}><span className="quiet clip">{name}</span><b>{children}</b>{note !== undefined && <span className="faint clip">{note}</span>}</Link>;
}

function Prefixes({ prefixes }: { prefixes: Prefix[] }) {
  const { t, language } = useWords();
  const { open } = useOpen();
  const several = new Set(prefixes.map((one) => one.party)).size > 1;
  const quota = several ? 'num wide' : 'num';
  return (
    <Panel title={t('identifiers.prefixes')} testId="enterprise-prefixes">
      <div className="scroll-x"><table className="plain-table">
        <thead><tr><th>{t('prefix')}</th>{several && <th>{t('prefix.holder')}</th>}<th>{t('state')}</th><th className="num">{t('prefix.count')}</th><th className={quota}>{t('prefix.quota')}</th></tr></thead>
        <tbody>{prefixes.map((one) => <tr key={one.prefix}><td><button type="button" className="link mono" onClick={() => { open('prefix', one.prefix); }}>{one.prefix}</button></td>{several && <td>{one.partyName ?? one.party}</td>}<td><PrefixState state={one.state} /></td><td className="num">{number(one.identifiers, language)}</td><td className={quota}>{one.quota === null ? <span className="faint">{t('prefix.quota.none')}</span> : number(one.quota, language)}</td></tr>)}</tbody>
      </table></div>
    </Panel>
  );
}

function Sharing() {
  const { t } = useWords();
  const { open } = useOpen();
  const agreements = useRows<Agreement>(agreementsPath, { party: useOwn(), order: 'turn' }, { limit: mostListed });
  return (
    <Panel title={t('identifiers.agreements')} tools={<Link to="/identifiers/agreements" className="small">{t('enterprise.all')}</Link>} testId="enterprise-agreements">
      {agreements.error !== null && agreements.items.length === 0 ? <ProblemView error={agreements.error} retry={agreements.retry} /> : agreements.loading ? <Waiting rows={3} /> : agreements.items.length === 0 ? <p className="faint small">{t('agreement.empty')}</p> : (
        <div className="scroll-x"><table className="plain-table"><tbody>{agreements.items.map((one) => (
          <tr key={one.id}><td><button type="button" className="link" onClick={() => { open('agreement', one.id); }}>{t('agreement.shows', { from: one.from.name, to: one.to.name })}</button></td><td><AgreementState state={one.state} /></td><td className="num nowrap"><Ago at={one.changed} /></td></tr>
        ))}</tbody></table></div>
      )}
    </Panel>
  );
}

function Resolutions({ counts, today }: { counts: DayCount[]; today: string }) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const option = useMemo(() => countsOption(daysOf(counts, today, days), {
    mode, text: (value) => number(value, language), words: { found: t('prefix.counts.found'), missed: t('prefix.counts.missed'), registered: t('prefix.counts.registered'), resolved: t('prefix.counts.resolved') },
  }), [counts, today, mode, language, t]);
  return (
    <Panel title={t('prefix.counts')} testId="enterprise-counts">
      {counts.length === 0 ? <p className="faint small">{t('prefix.counts.none')}</p> : <div className="prefix-chart"><Chart option={option} label={t('prefix.counts.chart')} /></div>}
    </Panel>
  );
}

function Figures({ prefixes, counts }: { prefixes: Prefix[]; counts: DayCount[] }) {
  const { t, language } = useWords();
  const agreements = useAgreementCounts('accepted');
  const count = (of: 'given' | 'taken' | 'waiting') => (agreements === undefined ? '–' : number(agreements[of], language));
  const { active, identifiers, found, missed, registered } = sums(prefixes, counts);
  return (
    <div className="panel counts" data-testid="enterprise-figures">
      <div className="counts-row">
        <Box name={t('enterprise.prefixes')} to="/identifiers/prefixes" note={active < prefixes.length ? t('enterprise.prefixes.others', { count: prefixes.length - active }) : undefined}>{number(active, language)}</Box>
        <Box name={t('enterprise.identifiers')} to="/identifiers/list" note={t('enterprise.registered', { count: number(registered, language) })}>{number(identifiers, language)}</Box>
        <Box name={t('enterprise.resolutions')} to="/identifiers/prefixes" note={t('enterprise.missed', { count: number(missed, language) })}>{number(found + missed, language)}</Box>
      </div>
      <div className="counts-row">
        <Box name={t('enterprise.given')} to="/identifiers/agreements?show=given">{count('given')}</Box>
        <Box name={t('enterprise.taken')} to="/identifiers/agreements?show=taken">{count('taken')}</Box>
        <Box name={t('agreement.view.waiting')} to="/identifiers/agreements?show=waiting">{count('waiting')}</Box>
      </div>
    </div>
  );
}

/** What an enterprise has here at a glance: its prefixes, its identifiers and who asks for them, what it shows and sees. */
export function Enterprise() {
  const { t } = useWords();
  const { party } = useScope();
  const today = new Date(useNow()).toISOString().slice(0, 10);
  const prefixes = useAll<Prefix>('/api/prefixes', { party }, true, 10_000);
  const counts = useRows<DayCount>('/api/identifier-counts', { from: dayBefore(today, days - 1), to: today });
  const own = useMemo(() => { const names = new Set((prefixes.data ?? []).map((one) => one.prefix)); return counts.items.filter((one) => names.has(one.prefix)); }, [prefixes.data, counts.items]);
  if (prefixes.error !== null && prefixes.data === undefined) return <div className="table-box"><ProblemView error={prefixes.error} retry={() => void prefixes.refetch()} /></div>;
  if (prefixes.data === undefined || counts.loading) return <Waiting rows={8} />;
  return (
    <div className="enterprise">
      <Figures prefixes={prefixes.data} counts={own} />
      <div className="enterprise-columns">
        {prefixes.data.length === 0
          ? <Panel title={t('identifiers.prefixes')} testId="enterprise-prefixes"><Empty title={t('prefix.empty')} help={t('prefix.empty.help')} action={<Link to="/identifiers/prefixes?create=yes"><Button type="primary">{t('prefix.apply')}</Button></Link>} /></Panel>
          : <Prefixes prefixes={prefixes.data} />}
        <Sharing />
      </div>
      {counts.error !== null ? <ProblemView error={counts.error} retry={counts.retry} /> : <Resolutions counts={own} today={today} />}
    </div>
  );
}
