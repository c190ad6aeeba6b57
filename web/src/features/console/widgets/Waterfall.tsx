import { Select } from 'antd';
import { useMemo } from 'react';
import { Chart } from '../../../charts/Chart';
import { waterfallOption } from '../../../charts/waterfall';
import { typeSize } from '../../../charts/trend';
import { usePreferences, useWords } from '../../../context/preferences';
import { useUrl } from '../../../context/url';
import { Panel } from '../../../ui/page';
import { indicatorText } from '../../indicators/value';
import { WindowText } from '../../indicators/WindowText';
import { useFigures, useSubjects } from './figuresOf';
import type { WidgetProps } from './props';

/** A whole, what was taken off it, and what was left of it: figures that add up. */
export function Waterfall({ widget, thing, wall }: WidgetProps) {
  const { t, label, language } = useWords();
  const { mode } = usePreferences();
  const { items, loading } = useFigures(widget.of, thing);
  const subjects = useSubjects(items.filter((item) => item.indicator === widget.total));
  const [chosen, choose] = useUrl('loss', subjects[0]?.id ?? '');
  const subject = subjects.find((one) => one.id === chosen) ?? subjects[0];
  const own = useMemo(() => new Map(items.filter((item) => item.thing === subject?.id).map((item) => [item.indicator, item])), [items, subject]);
  const total = own.get(widget.total ?? '');
  const rest = own.get(widget.rest ?? '');
  const option = useMemo(() => {
    if (total?.value === undefined || total.value === null || rest?.value === undefined || rest.value === null) return null;
    const steps = (widget.indicators ?? []).flatMap((id) => { const item = own.get(id); return item?.value === undefined || item.value === null ? [] : [{ name: label(item.name), value: item.value }]; });
    const text = (value: number) => { const shown = indicatorText(value, total.unit, language); return `${shown.text} ${shown.unit}`.trim(); };
    return waterfallOption({ mode, size: wall ? typeSize.wall : typeSize.desk, total: { name: label(total.name), value: total.value }, steps, rest: { name: label(rest.name), value: rest.value }, text });
  }, [own, total, rest, widget.indicators, label, language, mode, wall]);
  const tools = <>{total !== undefined && <WindowText window={total.window} />}{subjects.length > 1 && <Select size="small" value={subject?.id} onChange={(id: string) => { choose(id); }} options={subjects.map((one) => ({ value: one.id, label: one.name }))} style={{ minWidth: 140 }} aria-label={t('widget.waterfall.pick')} />}</>;
  return (
    <Panel title={t('widget.waterfall', { name: total === undefined ? '' : label(total.name) })} tools={tools} testId="widget-waterfall">
      {option === null ? !loading && <div className="none">{t('widget.nothing')}</div> : <Chart option={option} label={t('widget.waterfall', { name: label(total?.name) })} />}
    </Panel>
  );
}
