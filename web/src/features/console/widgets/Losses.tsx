import { useMemo } from 'react';
import { useRows } from '../../../api/hooks';
import type { Indicator, Latest } from '../../../api/types';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useScoped } from '../../../context/scope';
import { duration, parseDuration } from '../../../format/durations';
import { number } from '../../../format/numbers';
import { StateMark } from '../../../ui/marks';
import { Panel } from '../../../ui/page';
import { Waiting } from '../../../ui/waiting';
import { lookOf, stateRank } from '../../../ui/states';
import { useLast } from '../../indicators/recent';
import { subtree } from '../../../ui/tree';
import { useThings } from '../../directory/names';
import { useTypeWords } from '../../packs/typeWords';
import { useStateTotals } from '../../telemetry/stateTotals';
import type { WidgetProps } from './props';

const shiftless = 8 * 3_600_000;

/** The last minutes where these were chosen, or else the window of the things' shift indicators; without one, the last eight hours. */
function useWindow(type: string | undefined, thing: string | undefined): { from: string; to: string; known: boolean } {
  const [last] = useLast();
  const now = useNow();
  const minute = Math.floor(now / 60_000) * 60_000;
  const list = useRows<Indicator>('/api/indicators', useScoped(thing === undefined ? { type } : { thing }), { limit: 1000, refetch: 60_000 });
  const shift = list.items.find((item) => item.window.kind === 'shift')?.window;
  if (last !== null) {
    const to = Math.floor(now / 5_000) * 5_000;
    return { from: new Date(to - (parseDuration(last) ?? 0) * 1000).toISOString(), to: new Date(to).toISOString(), known: true };
  }
  return { from: shift?.from ?? new Date(minute - shiftless).toISOString(), to: new Date(minute).toISOString(), known: !list.loading };
}

function useWithState(type: string | undefined, thing: string | undefined, property: string): Latest[] {
  const things = useThings();
  const latest = useRows<Latest>('/api/latest', useScoped({ property }), { limit: 1000, refetch: 60_000 });
  return useMemo(() => {
    const all = things.data ?? [];
    const roots = thing === undefined ? all.filter((one) => one.type === type).map((one) => one.id) : [thing];
    const inside = new Set(roots.flatMap((root) => [...subtree(all, root)]));
    const within = latest.items.filter((item) => inside.has(item.thing) && typeof item.values[property]?.value === 'string');
    return within.length > 0 || roots.length > 0 ? within : latest.items.filter((item) => item.values[property] !== undefined);
  }, [things.data, latest.items, type, thing, property]);
}

export function Losses({ widget, thing }: WidgetProps) {
  const { t, language } = useWords();
  const words = useTypeWords();
  const property = widget.property ?? 'state';
  const machines = useWithState(widget.of, thing, property);
  const { known, ...window } = useWindow(widget.of, thing);
  const totals = useStateTotals(known ? machines.map((item) => item.thing) : [], property, window);
  const type = machines[0]?.type ?? '';
  const title = property === 'state' ? t('widget.losses') : words.property(type, property);
  const rows = Object.entries(totals.data ?? {}).filter(([, seconds]) => seconds > 0).sort(([a, x], [b, y]) => (stateRank(a) === 7 ? -1 : stateRank(b) === 7 ? 1 : y - x));
  const sum = rows.reduce((total, [, seconds]) => total + seconds, 0);
  const top = Math.max(1, ...rows.map(([, seconds]) => seconds));
  return (
    <Panel title={title} tools={sum > 0 && `${t('timeline.total')} ${duration(sum, language)}`} testId="widget-losses">
      {totals.isPending && <Waiting rows={5} />}
      {rows.length === 0 && !totals.isPending && <div className="none">{t('widget.nothing')}</div>}
      <div className="loss">
        {rows.slice(0, 7).map(([state, seconds]) => [
          <StateMark key={`${state}m`} state={state} name={words.value(type, property, state)} />,
          <span key={`${state}b`} className="bar"><i style={{ width: `${(100 * seconds) / top}%`, background: lookOf(state).colour }} /></span>,
          <span key={`${state}d`} className="num quiet">{duration(seconds, language)}</span>,
          <span key={`${state}p`} className="num" data-testid="loss-share" data-state={state}>{number((100 * seconds) / sum, language, 1)}%</span>,
        ])}
      </div>
    </Panel>
  );
}
