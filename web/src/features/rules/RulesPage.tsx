import { useMemo, type ReactNode } from 'react';
import { Link } from 'react-router';
import { useAll } from '../../api/all';
import type { CaseType, Rule } from '../../api/types';
import { useWords } from '../../context/preferences';
import { duration, parseDuration } from '../../format/durations';
import { number } from '../../format/numbers';
import { unitSign } from '../../format/units';
import { CsvButton, ListOf } from '../../ui/list';
import { SeverityMark } from '../../ui/marks';
import { useOpen } from '../../ui/open';
import { Page } from '../../ui/page';
import { Facts, Section, Side } from '../../ui/side';
import type { Column } from '../../ui/table';
import { Condition } from '../packs/Condition';
import { useTypeWords } from '../packs/typeWords';
import { TryRule } from './TryRule';
import { Versions } from './Versions';

function useSentence() {
  const { t, language } = useWords();
  const words = useTypeWords();
  const span = (text: string | null) => { const seconds = text === null ? null : parseDuration(text); return seconds === null ? text ?? '–' : duration(seconds, language); };
  return { span, condition: (rule: Rule) => (rule.absent === null || rule.absent === undefined ? rule.when ?? '' : t('rules.absent', { property: words.property(rule.type, rule.absent.property), span: span(rule.absent.for) })) };
}

function useColumns(): Column<Rule>[] {
  const { t, label, language } = useWords();
  const words = useTypeWords();
  const { span, condition } = useSentence();
  const counter = (key: keyof Rule['counters'], only?: 'wide' | 'xwide'): Column<Rule> => ({ key, title: t(`rules.${key}`), width: 104, right: true, only, render: (rule) => number(rule.counters[key], language) });
  return [
    { key: 'severity', title: t('severity'), width: 96, slim: true, render: (rule) => <SeverityMark severity={rule.severity} /> },
    { key: 'name', title: t('rules.rule'), width: '22%', render: (rule) => <span className="strong">{label(rule.name)}</span> },
    { key: 'type', title: t('rules.applies'), width: '14%', only: 'wide', render: (rule) => words.type(rule.type) },
    { key: 'when', title: t('rules.when'), only: 'wide', render: (rule) => (rule.absent ? condition(rule) : <Condition type={rule.type} expression={rule.when ?? ''} />) },
    { key: 'for', title: t('rules.for'), width: 88, right: true, only: 'xwide', render: (rule) => span(rule.for) },
    counter('evaluated', 'wide'), counter('matched', 'xwide'), counter('raised'), counter('suppressed', 'xwide'),
  ];
}

function RuleDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label, language } = useWords();
  const words = useTypeWords();
  const { span, condition } = useSentence();
  const rule = useAll<Rule>('/api/rules').data?.find((one) => one.id === id);
  const caseName = useAll<CaseType>('/api/case-types').data?.find((one) => one.id === rule?.opens?.case)?.name;
  if (rule === undefined) return null;
  return (
    <Side onClose={onClose} title={label(rule.name)} testId="rule-drawer" extra={<Link to={`/alarms?of=${rule.id}&state=open`}>{t('rules.alarms')}</Link>}>
      <Facts rows={[
        [t('severity'), <SeverityMark key="severity" severity={rule.severity} />], [t('rules.applies'), words.type(rule.type)], [t('rules.when'), rule.absent ? condition(rule) : <span key="when"><Condition type={rule.type} expression={rule.when ?? ''} /><br /><code className="faint">{rule.when}</code></span>],
        [t('rules.clear'), rule.clear ? <span key="clear"><Condition type={rule.type} expression={rule.clear} /></span> : t('rules.clear.default')], [t('rules.for'), span(rule.for)], ...(rule.during ? [[t('rules.during'), <code key="during">{rule.during}</code>] as [string, ReactNode]] : []), ...(rule.lateness ? [[t('rules.lateness'), span(rule.lateness)] as [string, ReactNode]] : []), ...(rule.parameters?.length ? [[t('rules.parameters'), rule.parameters.map((one) => `${one.id} = ${number(one.default, language)} ${unitSign(one.unit, language)}`).join(', ')] as [string, ReactNode]] : []), [t('rules.opens'), rule.opens ? label(caseName) || rule.opens.case : '–'], [t('rules.pack'), <Link key="pack" to={`/packs/${rule.pack}`}>{rule.pack}</Link>],
      ]} />
      {label(rule.advice) !== '' && <Section title={t('alarms.advice')}><p>{label(rule.advice)}</p></Section>}
      <Facts rows={(['evaluated', 'matched', 'raised', 'suppressed'] as const).map((key) => [t(`rules.${key}`), number(rule.counters[key], language)])} />
      <TryRule key={`${rule.id} ${rule.version ?? 0}`} rule={rule} />
      <Versions rule={rule} />
    </Side>
  );
}

export default function RulesPage() {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const columns = useColumns();
  const query = useMemo(() => ({}), []);
  const id = opened('rule');
  return (
    <Page title={t('rules.title')} testId="page-rules" tools={<CsvButton path="/api/rules" query={query} />}>
      <ListOf<Rule> path="/api/rules" query={query} columns={columns} keyOf={(rule) => rule.id} testId="rules" label={t('rules.title')} chosen={id} onPick={(rule) => { open('rule', rule.id); }} refetch={10_000} empty={{ title: t('rules.empty'), help: t('rules.empty.help') }} />
      {id !== null && <RuleDrawer id={id} onClose={() => { open('rule', null); }} />}
    </Page>
  );
}
