import { Link } from 'react-router';
import { useOne } from '../../../api/hooks';
import { segment } from '../../../api/client';
import type { Latest, Values } from '../../../api/types';
import { useRows } from '../../../api/hooks';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { Panel } from '../../../ui/page';
import { useThing } from '../../directory/thing';
import { ThingFacts } from '../../directory/ThingFacts';
import { HistoryChart } from '../../telemetry/HistoryChart';
import { LatestValues } from '../../telemetry/LatestValues';
import { StateLegend, StateStrip } from '../../telemetry/StateStrip';
import type { WidgetProps } from './props';

/** On a board that belongs to no thing, the widget speaks of the first thing of its type. */
function useSubject(widget: WidgetProps['widget'], thing: string | undefined): string | undefined {
  const list = useRows<Latest>('/api/latest', useScoped({ type: widget.of }), { enabled: thing === undefined && widget.of !== undefined, limit: 1 });
  return thing ?? list.items[0]?.thing;
}

export function ChartWidget({ widget, thing }: WidgetProps) {
  const { t } = useWords();
  const subject = useSubject(widget, thing);
  const detail = useThing(subject).thing;
  return (
    <Panel title={t('widget.chart')} tools={t(widget.hours === 24 ? 'chart.range.24' : widget.hours === 168 ? 'chart.range.168' : widget.hours === 1 ? 'chart.range.1' : 'chart.range.8')} testId="widget-chart">
      {detail !== undefined && <HistoryChart thing={detail.id} type={detail.type} properties={(widget.properties ?? [widget.property ?? '']).filter((id) => id !== '')} hours={widget.hours ?? 8} bucket="auto" />}
    </Panel>
  );
}

export function TimelineWidget({ widget, thing }: WidgetProps) {
  const { t } = useWords();
  const subject = useSubject(widget, thing);
  const detail = useThing(subject).thing;
  return (
    <Panel title={t('widget.timeline')} tools={detail !== undefined && <StateLegend thing={detail.id} type={detail.type} property={widget.property ?? 'state'} hours={widget.hours ?? 8} />} testId="widget-timeline">
      {detail !== undefined && <StateStrip thing={detail.id} type={detail.type} property={widget.property ?? 'state'} hours={widget.hours ?? 8} />}
    </Panel>
  );
}

export function LatestWidget({ widget, thing }: WidgetProps) {
  const { t } = useWords();
  const subject = useSubject(widget, thing);
  const detail = useThing(subject).thing;
  const latest = useOne<{ values: Values }>(`/api/things/${segment(subject ?? '')}/latest`, {}, { enabled: subject !== undefined, refetch: 60_000 });
  return (
    <Panel title={t('widget.latest')} testId="widget-latest">
      {detail !== undefined && <LatestValues thing={detail} values={latest.data?.values ?? {}} only={widget.properties} />}
    </Panel>
  );
}

export function FactsWidget({ widget, thing }: WidgetProps) {
  const { t } = useWords();
  const subject = useSubject(widget, thing);
  const detail = useThing(subject).thing;
  return <Panel title={t('widget.facts')} tools={thing === undefined && subject !== undefined && <Link to={`/things/${segment(subject)}`}>{t('open.page')}</Link>} testId="widget-facts">{detail !== undefined && <ThingFacts thing={detail} />}</Panel>;
}
