import { Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useAll } from '../../api/all';
import { useOne } from '../../api/hooks';
import type { CasesOfValue, CaseType, FieldInfo, List } from '../../api/types';
import { Chart } from '../../charts/Chart';
import { paretoOption } from '../../charts/pareto';
import { typeSize } from '../../charts/trend';
import { useNow } from '../../context/now';
import { usePreferences, useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { duration } from '../../format/durations';
import { number } from '../../format/numbers';
import { Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { partsOf, type Measure } from './fieldParts';

const day = 86_400_000;
const hour = 3_600_000;

interface Asked { type: string; field: string; days: number; thing?: string; wall?: boolean }

/** What cases come from: how many, or how many hours, by the value of one of their fields. */
export function CasesByField({ type: id, field: by, days, thing, wall = false }: Asked) {
  const { t, label, language } = useWords();
  const { mode } = usePreferences();
  const [measure, setMeasure] = useState<Measure>('cases');
  // To the hour, so that the same question is asked once.
  const from = Math.floor((useNow() - days * day) / hour) * hour;
  const answer = useOne<List<CasesOfValue>>('/api/cases/pareto', useScoped({ case: id, field: by, from: new Date(from).toISOString(), thing }), { refetch: 60_000 });
  const type = useAll<CaseType>('/api/case-types').data?.find((one) => one.id === id);
  const fields: (Omit<FieldInfo, 'id'> & { id?: string })[] = Array.isArray(type?.fields) ? type.fields : [];
  const field = fields.find((one) => one.id === by);
  const parts = useMemo(() => partsOf(answer.data?.items ?? [], measure, (item) => (item.value === null ? t('widget.case-pareto.none') : label(item.name))), [answer.data, measure, label, t]);
  const option = useMemo(() => paretoOption(parts, { mode, size: wall ? typeSize.wall : typeSize.desk, share: t('widget.pareto.share'), text: (value) => (measure === 'cases' ? t('widget.case-pareto.count', { count: number(value, language) }) : duration(value * 3600, language)) }), [parts, mode, wall, measure, t, language]);
  const title = type === undefined ? '' : t('widget.case-pareto', { type: label(type.name), field: label(field?.name), days });
  const choice = <Segmented size="small" value={measure} onChange={setMeasure} options={[{ value: 'cases', label: t('widget.case-pareto.cases') }, { value: 'hours', label: t('widget.case-pareto.hours') }]} />;
  return (
    <Panel title={title} tools={!wall && choice} testId="widget-case-pareto">
      {answer.error !== null && answer.data === undefined && <ProblemView error={answer.error} retry={() => void answer.refetch()} />}
      {answer.data?.items.length === 0 && <div className="none">{t('widget.case-pareto.nothing', { days })}</div>}
      {parts.length > 0 && <Chart option={option} label={title} />}
    </Panel>
  );
}
