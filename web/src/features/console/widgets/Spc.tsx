import { Select } from 'antd';
import { useMemo } from 'react';
import { segment } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { ControlChart } from '../../../api/types';
import { Chart } from '../../../charts/Chart';
import { spcOption } from '../../../charts/spc';
import { typeSize } from '../../../charts/trend';
import { useNow } from '../../../context/now';
import { usePreferences, useWords } from '../../../context/preferences';
import { useUrl } from '../../../context/url';
import { useZone } from '../../../context/zone';
import { number } from '../../../format/numbers';
import { unitSign } from '../../../format/units';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { useThings } from '../../directory/names';
import { useTypeWords } from '../../packs/typeWords';
import type { WidgetProps } from './props';

const shift = 8;

/** A control chart of one machine of the type; which one is chosen here, and in the address. */
export function Spc({ widget, thing, wall }: WidgetProps) {
  const { t, label, language } = useWords();
  const { mode } = usePreferences();
  const zone = useZone();
  const words = useTypeWords();
  const things = useThings();
  const machines = useMemo(() => (things.data ?? []).filter((one) => widget.of === undefined || words.lineage(one.type).includes(widget.of)), [things.data, widget.of, words]);
  const [chosen, choose] = useUrl(`spc-${widget.of ?? ''}`, machines[0]?.id ?? '');
  const id = thing ?? (machines.find((one) => one.id === chosen) ?? machines[0])?.id;
  const minute = Math.floor(useNow() / 60_000) * 60_000;
  const query = { property: widget.property, chart: widget.chart ?? 'individuals', of: widget.inspected, subgroup: widget.subgroup, every: widget.every, lower: widget.lower, upper: widget.upper, from: new Date(minute - (widget.hours ?? shift) * 3_600_000).toISOString(), to: new Date(minute).toISOString() };
  const answer = useOne<ControlChart>(`/api/things/${segment(id ?? '')}/control-chart`, query, { enabled: id !== undefined, stale: 60_000 });
  const chart = answer.data;
  const percent = chart?.chart === 'p';
  const option = useMemo(() => (chart === undefined || chart.limits === null ? null : spcOption(chart, {
    mode, size: wall ? typeSize.wall : typeSize.desk, language, zone, name: percent ? t('widget.spc.fraction') : label(chart.propertyName), spreadName: t(chart.chart === 'xbar-r' ? 'widget.spc.range' : 'widget.spc.movingRange'), factor: percent ? 100 : 1, lower: widget.lower, upper: widget.upper,
    words: { lcl: t('widget.spc.lcl'), ucl: t('widget.spc.ucl'), centre: t('widget.spc.centre'), lsl: t('widget.spc.lsl'), usl: t('widget.spc.usl'), rules: (rules) => t('widget.spc.rules', { rules }) },
  })), [chart, percent, wall, mode, language, zone, label, t, widget.lower, widget.upper]);
  const out = chart?.points.filter((point) => point.rules.length > 0 || point.spreadOut).length ?? 0;
  const unit = percent ? '%' : unitSign(chart?.unit, language);
  const tools = (
    <>
      {chart?.capability !== undefined && chart.capability !== null && <span className="wide">{chart.capability.cp !== null && `Cp ${number(chart.capability.cp, language, 2)} · `}Cpk {number(chart.capability.cpk, language, 2)}</span>}
      {option !== null && <span className={out > 0 ? 'strong clip' : 'clip'} data-testid="spc-state">{out > 0 ? t('widget.spc.out', { count: out }) : t('widget.spc.in')}</span>}
      {thing === undefined && machines.length > 1 && <Select size="small" value={id} onChange={(next: string) => { choose(next); }} options={machines.map((one) => ({ value: one.id, label: one.name }))} style={{ width: 'min(160px, 32vw)' }} aria-label={t('widget.spc.thing')} />}
    </>
  );
  const name = widget.property === undefined || chart === undefined ? '' : percent ? t('widget.spc.fraction') : `${label(chart.propertyName)}${unit === '' ? '' : ` (${unit})`}`;
  return (
    <Panel title={t('widget.spc', { name })} tools={tools} testId="widget-spc">
      {answer.error !== null && chart === undefined && <ProblemView error={answer.error} retry={() => void answer.refetch()} />}
      {chart !== undefined && option === null && <div className="none">{t('widget.spc.few')}</div>}
      {option !== null && <Chart option={option} label={t('widget.spc', { name })} />}
    </Panel>
  );
}
