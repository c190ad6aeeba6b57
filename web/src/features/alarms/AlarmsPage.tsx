import { Segmented, Select } from 'antd';
import { useAll } from '../../api/all';
import type { Rule, Severity } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useUrl } from '../../context/url';
import { CsvButton } from '../../ui/list';
import { SeverityMark } from '../../ui/marks';
import { Page } from '../../ui/page';
import { AlarmList } from './AlarmList';

const states = ['open', 'raised', 'acknowledged', 'suppressed', 'cleared'] as const;
const severities: Severity[] = ['red', 'orange', 'yellow', 'blue'];

export default function AlarmsPage() {
  const { t, label } = useWords();
  const [state, setState] = useUrl('state', 'open');
  const [severity, setSeverity] = useUrl('severity');
  const [of, setOf] = useUrl('of');
  const rules = useAll<Rule>('/api/rules');
  const query = useScoped({ state, severity, rule: of });
  const stateWord = (one: (typeof states)[number]) => (one === 'open' ? t('alarms.open') : t(`alarms.state.${one}`));
  return (
    <Page title={t('alarms.title')} testId="page-alarms" tools={<CsvButton path="/api/alarms" query={query} />}>
      <div className="row wrap">
        <Segmented value={state} onChange={(value: string) => { setState(value); }} options={states.map((one) => ({ value: one, label: <span data-testid={`alarms-${one}`}>{stateWord(one)}</span> }))} />
        <Select value={severity} onChange={(value: string) => { setSeverity(value); }} options={[{ value: '', label: t('filter.of', { name: t('severity'), value: t('all') }) }, ...severities.map((one) => ({ value: one, label: <SeverityMark severity={one} /> }))]} style={{ width: 144 }} aria-label={t('severity')} data-testid="alarms-severity" />
        <Select value={of} onChange={(value: string) => { setOf(value); }} options={[{ value: '', label: t('filter.of', { name: t('rules.rule'), value: t('all') }) }, ...(rules.data ?? []).map((rule) => ({ value: rule.id, label: label(rule.name) }))]} style={{ width: 200 }} aria-label={t('rules.rule')} />
      </div>
      <AlarmList query={{ state, severity, rule: of }} filtered={severity !== '' || of !== '' || state !== 'open'} onClear={() => { setState(null); setSeverity(null); setOf(null); }} />
    </Page>
  );
}
