import { useMemo } from 'react';
import { Chart } from '../../../charts/Chart';
import { paretoOption, ranked } from '../../../charts/pareto';
import { typeSize } from '../../../charts/trend';
import { usePreferences, useWords } from '../../../context/preferences';
import { Panel } from '../../../ui/page';
import { indicatorText } from '../../indicators/value';
import { useFigures } from './figuresOf';
import type { WidgetProps } from './props';

/** More bars than this cannot be told apart. */
const most = 10;

/** Several indicators, each summed over the things; or one indicator by thing. */
export function Pareto({ widget, thing, wall }: WidgetProps) {
  const { t, label, language } = useWords();
  const { mode } = usePreferences();
  const { items, loading } = useFigures(widget.of, thing);
  const ids = useMemo(() => widget.indicators ?? [], [widget.indicators]);
  const first = items.find((item) => item.indicator === ids[0]);
  const parts = useMemo(() => {
    const wanted = items.filter((item) => ids.includes(item.indicator) && item.value !== null);
    const sums = new Map<string, number>();
    for (const item of wanted) {
      const name = ids.length === 1 ? item.thingName : label(item.name);
      sums.set(name, (sums.get(name) ?? 0) + (item.value ?? 0));
    }
    return ranked([...sums].map(([name, value]) => ({ name, value }))).parts.slice(0, most);
  }, [items, ids, label]);
  const option = useMemo(() => paretoOption(parts, {
    mode, size: wall ? typeSize.wall : typeSize.desk, share: t('widget.pareto.share'),
    text: (value) => { const shown = indicatorText(value, first?.unit, language); return `${shown.text} ${shown.unit}`.trim(); },
  }), [parts, mode, wall, t, first?.unit, language]);
  const name = ids.length === 1 ? label(first?.name) : parts.slice(0, 3).map((part) => part.name).join(language === 'zh' ? '、' : ', ');
  return (
    <Panel title={t('widget.pareto', { name })} testId="widget-pareto">
      {parts.length === 0 ? !loading && <div className="none">{t('widget.nothing')}</div> : <Chart option={option} label={t('widget.pareto', { name })} />}
    </Panel>
  );
}
