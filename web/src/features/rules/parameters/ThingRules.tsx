import { Button } from 'antd';
import { useState } from 'react';
import { segment } from '../../../api/client';
import { useAll } from '../../../api/all';
import type { Rule, Thing, ThingRule } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { CsvButton, ListOf } from '../../../ui/list';
import { SeverityMark } from '../../../ui/marks';
import { useOpen } from '../../../ui/open';
import type { Column } from '../../../ui/table';
import { Ago } from '../../../ui/time';
import { Condition } from '../../packs/Condition';
import { useSentence } from '../sentence';
import { Held } from '../suppressing/Held';
import { isOwn } from './own';
import { useParameterText } from './parameterText';
import { SetParameters } from './SetParameters';

/** The thresholds that hold, those of the thing's own beside what the rule declares. */
function Thresholds({ of }: { of: ThingRule }) {
  const { t, label } = useWords();
  const text = useParameterText();
  if (of.parameters.length === 0) return <span className="faint">–</span>;
  return of.parameters.map((one, index) => (
    <span key={one.id} title={`${label(one.name)} ${text(one, one.value)} · ${t('own.default', { value: text(one, one.default) })}`}>
      {index > 0 && ' · '}<span className="quiet">{label(one.name)} </span><b className="strong">{text(one, one.value)}</b>{isOwn(one) && <span className="quiet"> {t('own.default', { value: text(one, one.default) })}</span>}
    </span>
  ));
}

function useColumns(onSet: (rule: ThingRule) => void): Column<ThingRule>[] {
  const { t, label } = useWords();
  const { can } = useSession();
  const { silence } = useSentence();
  const rules = useAll<Rule>('/api/rules');
  const condition = (row: ThingRule) => {
    const rule = rules.data?.find((one) => one.id === row.rule);
    if (rule === undefined) return '';
    return rule.absent ? silence(rule) : <Condition of={{ type: rule.type, parameters: row.parameters }} expression={rule.when ?? ''} />;
  };
  return [
    { key: 'severity', title: t('severity'), width: 96, slim: true, render: (row) => <SeverityMark severity={row.severity} /> },
    { key: 'name', title: t('rules.rule'), render: (row) => <span className="strong">{label(row.name)}</span> },
    { key: 'when', title: t('rules.when'), width: '30%', only: 'wide', render: condition },
    { key: 'own', title: t('own.thresholds'), width: '30%', render: (row) => <Thresholds of={row} /> },
    { key: 'by', title: t('own.set'), width: '18%', only: 'xwide', render: (row) => (row.by === null ? <span className="faint">{t('own.none')}</span> : <span title={row.why ?? ''}>{row.byName} · <Ago at={row.at} /></span>) },
    { key: 'do', title: '', width: 84, right: true, render: (row) => row.parameters.length > 0 && can('configure') && <Button size="small" onClick={(event) => { event.stopPropagation(); onSet(row); }} data-testid={`own-set-${row.rule}`}>{t('own.change')}</Button> },
  ];
}

/** The rules for one thing with the thresholds that hold there, and what holds their alarms back. */
export function ThingRules({ thing }: { thing: Thing }) {
  const { t } = useWords();
  const { open, opened } = useOpen();
  const [setting, setSetting] = useState<ThingRule | null>(null);
  const path = `/api/things/${segment(thing.id)}/rules`;
  return (
    <>
      <div className="row"><h2 className="grow">{t('own.title')}</h2><CsvButton path={path} query={{}} /></div>
      <ListOf<ThingRule> path={path} query={{}} columns={useColumns(setSetting)} keyOf={(row) => row.rule} testId="thing-rules" label={t('own.title')} chosen={opened('rule')} onPick={(row) => { open('rule', row.rule); }} empty={{ title: t('own.empty'), help: t('own.empty.help') }} />
      <h2>{t('rules.section.held')}</h2>
      <Held thing={thing.id} />
      {setting !== null && <SetParameters thing={thing} rule={setting} onClose={() => { setSetting(null); }} />}
    </>
  );
}
