import { useMemo } from 'react';
import { useQueries } from '@tanstack/react-query';
import { get, segment } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import type { HistoryPoint, Indicator } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { Panel } from '../../../ui/page';
import { IndicatorTrend } from '../../indicators/IndicatorTrend';
import type { WidgetProps } from './props';

const hoursOf: Record<string, number> = { shift: 8, hour: 1, day: 24 };

/** The same indicator of several things is shown one under the other only where there is one; else the first in the list. */
export function Trend({ widget, thing }: WidgetProps) {
  const { t, label } = useWords();
  const list = useRows<Indicator>('/api/indicators', useScoped(thing === undefined ? { indicator: widget.indicator, type: widget.of } : { indicator: widget.indicator, thing }), { limit: 1000, refetch: 60_000 });
  const item = list.items.find((one) => one.indicator === widget.indicator);
  const windows = widget.windows ?? 21;
  const span = item === undefined ? 0 : (hoursOf[item.window.kind] ?? 8) * windows * 3_600_000;
  const [history] = useQueries({
    queries: [{
      queryKey: ['history', widget.indicator, item?.thing, windows, item?.window.from],
      queryFn: ({ signal }: { signal: AbortSignal }) => get<{ points: HistoryPoint[] }>(`/api/indicators/${segment(widget.indicator ?? '')}/${segment(item?.thing ?? '')}/history`, { from: new Date(Date.parse(item?.window.from ?? '') - span).toISOString(), to: item?.window.to }, signal),
      enabled: item !== undefined,
      refetchInterval: 120_000,
    }],
  });
  const points = useMemo(() => history.data?.points.slice(-windows) ?? [], [history.data, windows]);
  return (
    <Panel title={t('widget.trend', { name: label(item?.name) })} tools={<><span>{item?.thingName}</span><span>{t('widget.windows', { count: windows })}</span></>} testId="widget-trend">
      {item === undefined ? !list.loading && <div className="none">{t('widget.nothing')}</div> : <IndicatorTrend points={points} unit={item.unit} label={label(item.name)} />}
    </Panel>
  );
}
