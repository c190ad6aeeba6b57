import type { EChartsType } from 'echarts/core';
import type { EChartsOption } from 'echarts/types/dist/shared';
import { useEffect, useRef } from 'react';

interface Props { option: EChartsOption; label: string; zoom?: boolean; onReady?: (chart: EChartsType) => void }

/** A chart that keeps its zoom while data arrives; the library is fetched when the first one is shown. */
export function Chart({ option, label, zoom = false, onReady }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType | null>(null);
  const latest = useRef(option);

  useEffect(() => {
    latest.current = option;
    chart.current?.setOption(option, { replaceMerge: ['series', 'grid', 'xAxis', 'yAxis'] });
  }, [option]);

  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    let gone = false;
    const observer = new ResizeObserver(() => { chart.current?.resize(); });
    void import('./echarts').then(({ init }) => {
      if (gone) return;
      const made = init(element);
      chart.current = made;
      made.setOption(latest.current);
      if (zoom) {
        made.dispatchAction({ type: 'takeGlobalCursor', key: 'dataZoomSelect', dataZoomSelectActive: true });
        made.getZr().on('dblclick', () => { made.dispatchAction({ type: 'dataZoom', start: 0, end: 100 }); });
      }
      observer.observe(element);
      onReady?.(made);
    });
    return () => { gone = true; observer.disconnect(); chart.current?.dispose(); chart.current = null; };
  }, [zoom, onReady]);

  return <div ref={box} className="chart" role="img" aria-label={label} data-testid="chart" />;
}
