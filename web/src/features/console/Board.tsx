import type { ComponentType, CSSProperties } from 'react';
import type { Widget } from '../../api/types';
import { useWords } from '../../context/preferences';
import { Panel } from '../../ui/page';
import { Figures } from './widgets/Figures';
import { Alarms, Cases } from './widgets/Lists';
import { Losses } from './widgets/Losses';
import { Machines } from './widgets/Machines';
import { CasePareto } from './widgets/CasePareto';
import { OnDuty } from '../reports/widgets/DutyWidget';
import { ReportFeed } from '../reports/widgets/FeedWidget';
import { IncidentFiguresWidget } from '../reports/widgets/FiguresWidget';
import { IncidentRanking } from '../reports/widgets/ListWidget';
import { IncidentMap } from '../reports/widgets/MapWidget';
import type { WidgetProps } from './widgets/props';
import { ChartWidget, FactsWidget, LatestWidget, TimelineWidget } from './widgets/ThingParts';
import { Trend } from './widgets/Trend';
import { Pareto } from './widgets/Pareto';
import { Spc } from './widgets/Spc';
import { Waterfall } from './widgets/Waterfall';
import { Worst } from './widgets/Worst';

const kinds: Record<string, ComponentType<WidgetProps>> = {
  figures: Figures, machines: Machines, worst: Worst, losses: Losses, cases: Cases, alarms: Alarms, trend: Trend,
  chart: ChartWidget, timeline: TimelineWidget, latest: LatestWidget, facts: FactsWidget, andon: Machines,
  waterfall: Waterfall, pareto: Pareto, 'case-pareto': CasePareto, spc: Spc,
  'incident-map': IncidentMap, 'incident-list': IncidentRanking, 'incident-figures': IncidentFiguresWidget, 'incident-feed': ReportFeed, duty: OnDuty,
};

function Unknown({ name }: { name: string }) {
  const { t } = useWords();
  return <Panel title={name}><div className="none">{t('widget.unknown', { name })}</div></Panel>;
}

/** Twelve columns, rows of equal height that share the screen; on a phone one column. */
export function Board({ widgets, thing, wall = false, fill = true }: { widgets: Widget[]; thing?: string; wall?: boolean; fill?: boolean }) {
  return (
    <div className={fill ? 'board fill' : 'board flow'} data-testid="board">
      {widgets.map((widget, index) => {
        const Kind = kinds[widget.widget];
        const [column, row, width, height] = widget.at;
        const place: CSSProperties = { gridColumn: `${column + 1} / span ${width}`, gridRow: `${row + 1} / span ${height}`, minWidth: 0, minHeight: 0, display: 'grid', '--least': `${Math.min(height, 4) * 72}px` } as CSSProperties;
        return <div key={`${widget.widget}${index}`} style={place} className={`${widget.widget}-cell`}>{Kind === undefined ? <Unknown name={widget.widget} /> : <Kind widget={widget} thing={thing} wall={wall} />}</div>;
      })}
    </div>
  );
}
