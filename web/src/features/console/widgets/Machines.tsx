import { useMemo } from 'react';
import { Link } from 'react-router';
import { segment } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import type { Alarm, Indicator, Latest } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { bandIcon, stateIcon } from '../../../ui/icons';
import { Live } from '../../../ui/live';
import { SeverityMark } from '../../../ui/marks';
import { Panel } from '../../../ui/page';
import { shortName, tailOf } from '../../../ui/shortName';
import { lookOf, stateRank } from '../../../ui/states';
import { inOrder, useThings } from '../../directory/names';
import { indicatorText } from '../../indicators/value';
import { useTypeWords } from '../../packs/typeWords';
import { laneDepth } from './lanes';
import type { WidgetProps } from './props';

interface TileProps { item: Latest; above: string[]; connected: boolean; property: string; indicator: Indicator | undefined; alarm: Alarm | undefined }

function Tile({ item, above, connected, property, indicator, alarm }: TileProps) {
  const { label, language, t } = useWords();
  const words = useTypeWords();
  const state = typeof item.values[property]?.value === 'string' ? item.values[property].value : null;
  const look = lookOf(state);
  const word = state === null ? t('state.none') : words.value(item.type, property, state);
  const shown = indicator === undefined ? '' : indicatorText(indicator.value, indicator.unit, language).text;
  // A fault's own mark already says what its red alarm says: one sign is enough.
  const merged = look.shape === 'fault' && alarm?.severity === 'red';
  const urgent = alarm?.severity === 'red' && alarm.state === 'raised';
  const title = [item.name, connected ? word : `${word} · ${t('offline')}`, alarm === undefined ? '' : `${t(`severity.${alarm.severity}`)} ${label(alarm.ruleName)}`].filter(Boolean).join('\n');
  return (
    <Link to={`/things/${segment(item.thing)}`} className={`tile tone-${look.shape}${connected ? '' : ' off'}`} style={{ '--tone': look.colour } as React.CSSProperties} title={title} data-testid="machine-tile" data-id={item.thing} data-state={state ?? ''}>
      <span className="tile-box">
      <span className="name clip"><span className="full">{shortName(item.name, above)}</span><span className="tail">{tailOf(item.name)}</span></span>
      <span className="alarm">{alarm !== undefined && !merged && <SeverityMark severity={alarm.severity} urgent={urgent} icon />}</span>
      <span className={`mark state${merged && urgent ? ' urgent' : ''}`}><i className={`mark tone-${look.tone}`}>{stateIcon[look.shape]}</i><Live of={state} className="clip">{word}</Live></span>
      <span className="reading">{shown}</span>
      </span>
    </Link>
  );
}

/** Sorts after every date: what stands in no line comes last. */
const LAST = '9999';

const gravity = ['red', 'orange', 'yellow', 'blue', 'green'];

function useMachines(widget: WidgetProps['widget'], thing: string | undefined) {
  const type = widget.of;
  const latest = useRows<Latest>('/api/latest', useScoped({ type, parent: thing, property: undefined }), { limit: 1000, refetch: 60_000 });
  const things = useThings();
  const alarms = useRows<Alarm>('/api/alarms', useScoped({ state: 'open' }));
  const indicators = useRows<Indicator>('/api/indicators', useScoped({ indicator: widget.indicator, type }), { limit: 1000, refetch: 60_000 });
  return useMemo(() => {
    const byId = new Map((things.data ?? []).map((one) => [one.id, one]));
    const worst = new Map<string, Alarm>();
    for (const alarm of alarms.items) {
      const held = worst.get(alarm.thing);
      if (held === undefined || gravity.indexOf(alarm.severity) < gravity.indexOf(held.severity)) worst.set(alarm.thing, alarm);
    }
    const shown = new Map(indicators.items.map((item) => [item.thing, item]));
    const rows = new Map(latest.items.map((item) => [item.thing, item]));
    const ordered = inOrder(latest.items.map((item) => byId.get(item.thing) ?? { id: item.thing, created: '' }));
    const groups = new Map<string, Latest[]>();
    for (const { id } of ordered) {
      const row = rows.get(id);
      if (row === undefined) continue;
      const group = widget.groupBy === 'parent' ? row.parent ?? '' : widget.groupBy === undefined ? '' : String(row.values[widget.groupBy]?.value ?? '');
      groups.set(group, [...(groups.get(group) ?? []), row]);
    }
    const parents = inOrder([...groups.keys()].map((id) => byId.get(id) ?? { id, created: LAST }));
    const lanes = parents.map(({ id }) => ({ id, name: byId.get(id)?.name ?? id, line: byId.get(id)?.parent ?? '', rows: groups.get(id) ?? [] }));
    const lines = inOrder([...new Set(lanes.map((lane) => lane.line))].map((id) => byId.get(id) ?? { id, created: LAST }))
      .map(({ id }) => ({ id, name: byId.get(id)?.name ?? '', lanes: lanes.filter((lane) => lane.line === id) }));
    return { lines, byId, worst, shown, loading: latest.loading, all: latest.items };
  }, [latest.items, latest.loading, things.data, alarms.items, indicators.items, widget.groupBy]);
}

/** How many are in which state: the sentence that a shift leader reads first. */
function Census({ rows, property }: { rows: Latest[]; property: string }) {
  const words = useTypeWords();
  const counts = new Map<string, { count: number; type: string }>();
  for (const row of rows) {
    const state = row.values[property]?.value;
    if (typeof state === 'string') counts.set(state, { count: (counts.get(state)?.count ?? 0) + 1, type: row.type });
  }
  const ordered = [...counts].sort(([a], [b]) => stateRank(a) - stateRank(b)).reverse();
  return <span className="legend" data-testid="machines-census">{ordered.map(([state, { count, type }]) => { const look = lookOf(state); return <span key={state} className="mark"><i className={`mark tone-${look.tone}`}>{stateIcon[look.shape]}</i><span>{words.value(type, property, state)} <b>{count}</b></span></span>; })}</span>;
}

export function Machines({ widget, thing }: WidgetProps) {
  const { t, label } = useWords();
  const property = widget.state ?? 'state';
  const { lines, byId, worst, shown, loading, all } = useMachines(widget, thing);
  const named = [...shown.values()][0];
  const depthOf = (line: (typeof lines)[number]) => laneDepth(line.lanes.map((lane) => lane.rows.length));
  const columnsOf = (line: (typeof lines)[number]) => line.lanes.reduce((sum, lane) => sum + Math.ceil(lane.rows.length / depthOf(line)), 0);
  // Tiles are as wide in a short line as in the longest one.
  const widest = Math.max(0, ...lines.map(columnsOf));
  const title = <>{t('widget.machines')}{named !== undefined && <span className="faint" style={{ fontWeight: 400 }}> · {label(named.name)} {named.unit === '%' ? '%' : ''}</span>}</>;
  return (
    <Panel title={title} tools={<Census rows={all} property={property} />} testId="widget-machines">
      {all.length === 0 && !loading && <div className="none">{t('widget.nothing')}</div>}
      <div className="floor">
        {lines.map((line) => {
          const depth = depthOf(line);
          const spare = widest - columnsOf(line);
          return (
            <section key={line.id} className="floor-line" style={{ '--depth': depth, flexGrow: depth + 0.6 } as React.CSSProperties} aria-label={line.name}>
              {lines.length > 1 && <h3 className="line-name clip" title={line.name}>{line.name}</h3>}
              <div className="lanes" style={{ gridTemplateColumns: [...line.lanes.map((lane) => Math.ceil(lane.rows.length / depth)), ...(spare > 0 ? [spare] : [])].map((share) => `minmax(0, ${share}fr)`).join(' ') }}>
                {line.lanes.map((lane) => (
                  <div className="lane" key={lane.id} data-testid="machine-lane" style={{ '--columns': Math.ceil(lane.rows.length / depth) } as React.CSSProperties}>
                    <h3><span className="clip" title={lane.name}>{shortName(lane.name, [line.name]) || t('widget.ungrouped')}</span>{lane.rows.some((row) => lookOf(row.values[property]?.value as string).shape === 'fault') && <i className="mark tone-red">{bandIcon.red}</i>}<span className="n">{lane.rows.length}</span></h3>
                    <div className="tiles">{lane.rows.map((row) => <Tile key={row.thing} item={row} above={[line.name, lane.name]} connected={byId.get(row.thing)?.connected ?? true} property={property} indicator={shown.get(row.thing)} alarm={worst.get(row.thing)} />)}</div>
                  </div>
                ))}
              </div>
            </section>
          );
        })}
      </div>
    </Panel>
  );
}
