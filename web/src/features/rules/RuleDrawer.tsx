import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useAll } from '../../api/all';
import type { CaseType, Pack, Rule } from '../../api/types';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { SeverityMark } from '../../ui/marks';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { Empty, Waiting } from '../../ui/waiting';
import { Condition } from '../packs/Condition';
import { useTypeWords } from '../packs/typeWords';
import { useParameterText } from './parameters/parameterText';
import { useSentence } from './sentence';
import { TryRule } from './TryRule';
import { Versions } from './Versions';

type Row = [string, ReactNode];

function useFacts(): (rule: Rule) => Row[] {
  const { t, label } = useWords();
  const words = useTypeWords();
  const { span, silence } = useSentence();
  const parameterText = useParameterText();
  const rules = useAll<Rule>('/api/rules');
  const cases = useAll<CaseType>('/api/case-types');
  const packs = useAll<Pack>('/api/packs');
  const nameOf = (rule: string) => label(rules.data?.find((one) => one.id === rule)?.name) || rule;
  return (rule) => [
    [t('severity'), <SeverityMark key="severity" severity={rule.severity} />],
    [t('rules.applies'), words.type(rule.type)],
    [t('rules.when'), rule.absent ? silence(rule) : <span key="when"><Condition of={rule} expression={rule.when ?? ''} wrap /><br /><code className="faint break">{rule.when}</code></span>],
    [t('rules.clear'), rule.clear ? <Condition key="clear" of={rule} expression={rule.clear} wrap /> : t('rules.clear.default')],
    [t('rules.for'), span(rule.for)],
    ...(rule.during ? [[t('rules.during'), <Condition key="during" of={rule} expression={rule.during} wrap />] as Row] : []),
    ...(rule.lateness ? [[t('rules.lateness'), span(rule.lateness)] as Row] : []),
    ...(rule.parameters ?? []).map((one): Row => [label(one.name), parameterText(one, one.default)]),
    ...(rule.causedBy?.length ? [[t('rules.causedBy'), rule.causedBy.map(nameOf).join(' · ')] as Row] : []),
    [t('rules.opens'), rule.opens ? label(cases.data?.find((one) => one.id === rule.opens)?.name) || rule.opens : '–'],
    [t('rules.pack'), <Link key="pack" to={`/packs/${rule.pack}`}>{label(packs.data?.find((one) => one.id === rule.pack)?.name) || rule.pack}</Link>],
  ];
}

export function RuleDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t, label, language } = useWords();
  const rules = useAll<Rule>('/api/rules');
  const factsOf = useFacts();
  const rule = rules.data?.find((one) => one.id === id);
  return (
    <Side onClose={onClose} title={label(rule?.name)} testId="rule-drawer" extra={rule && <Link to={`/alarms?of=${rule.id}&state=open`}>{t('rules.alarms')}</Link>}>
      {rules.error !== null && rules.data === undefined && <ProblemView error={rules.error} retry={() => void rules.refetch()} />}
      {rules.isPending && <Waiting />}
      {rules.data !== undefined && rule === undefined && <Empty title={t('rules.gone')} help={t('rules.gone.help')} />}
      {rule !== undefined && (
        <>
          <Facts rows={factsOf(rule)} />
          {label(rule.advice) !== '' && <Section title={t('alarms.advice')}><p>{label(rule.advice)}</p></Section>}
          <Facts rows={(['evaluated', 'matched', 'raised', 'suppressed'] as const).map((key) => [t(`rules.${key}`), number(rule.counters[key], language)])} />
          <TryRule key={`${rule.id} ${rule.version ?? 0}`} rule={rule} />
          <Versions rule={rule} />
        </>
      )}
    </Side>
  );
}
