import type { ComponentType } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Rule } from '../../api/types';
import { useWords } from '../../context/preferences';
import { number } from '../../format/numbers';
import { CsvButton, ListOf } from '../../ui/list';
import { SeverityMark } from '../../ui/marks';
import { useOpen } from '../../ui/open';
import { Page } from '../../ui/page';
import { Sections } from '../../ui/sections';
import type { Column } from '../../ui/table';
import { Condition } from '../packs/Condition';
import { useTypeWords } from '../packs/typeWords';
import { useSentence } from './sentence';
import { Held } from './suppressing/Held';

const query = {};

function useColumns(): Column<Rule>[] {
  const { t, label, language } = useWords();
  const words = useTypeWords();
  const { span, silence } = useSentence();
  const counter = (key: keyof Rule['counters'], only?: 'wide' | 'xwide'): Column<Rule> => ({ key, title: t(`rules.${key}`), width: 104, right: true, only, render: (rule) => number(rule.counters[key], language) });
  return [
    { key: 'severity', title: t('severity'), width: 96, slim: true, render: (rule) => <SeverityMark severity={rule.severity} /> },
    { key: 'name', title: t('rules.rule'), width: '22%', render: (rule) => <span className="strong">{label(rule.name)}</span> },
    { key: 'type', title: t('rules.applies'), width: '14%', only: 'wide', render: (rule) => words.type(rule.type) },
    { key: 'when', title: t('rules.when'), only: 'wide', render: (rule) => (rule.absent ? silence(rule) : <Condition of={rule} expression={rule.when ?? ''} />) },
    { key: 'for', title: t('rules.for'), width: 88, right: true, only: 'xwide', render: (rule) => span(rule.for) },
    counter('evaluated', 'wide'), counter('matched', 'xwide'), counter('raised'), counter('suppressed', 'xwide'),
  ];
}

function Rules() {
  const { t } = useWords();
  const { open, opened } = useOpen();
  return (
    <>
      <div className="row"><span className="grow" /><CsvButton path="/api/rules" query={query} /></div>
      <ListOf<Rule> path="/api/rules" query={query} columns={useColumns()} keyOf={(rule) => rule.id} testId="rules" label={t('rules.title')} chosen={opened('rule')} onPick={(rule) => { open('rule', rule.id); }} refetch={10_000} empty={{ title: t('rules.empty'), help: t('rules.empty.help') }} />
    </>
  );
}

const sections = { list: Rules, held: Held } satisfies Record<string, ComponentType>;
type Section = keyof typeof sections;
const names = Object.keys(sections) as Section[];

/** The rules, and what holds their alarms back. */
export default function RulesPage() {
  const { t } = useWords();
  const navigate = useNavigate();
  const { section } = useParams();
  const chosen = names.find((name) => name === section) ?? 'list';
  const Shown = sections[chosen];
  return (
    <Page title={t('rules.title')} testId="page-rules" beside={<Sections names={names} chosen={chosen} word={(name) => t(`rules.section.${name}`)} onChoose={(name) => void navigate(name === 'list' ? '/rules' : `/rules/${name}`)} testId="rules-section" />}>
      <Shown />
    </Page>
  );
}
