import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { get, segment } from '../../api/client';
import type { StateInterval, States } from '../../api/types';
import { useWords } from '../../context/preferences';
import { duration } from '../../format/durations';
import { moment } from '../../format/times';
import { StateMark } from '../../ui/marks';
import { ProblemView } from '../../ui/problem';
import { lookOf, stateRank } from '../../ui/states';
import { useZone } from '../../context/zone';
import { useTypeWords } from '../packs/typeWords';

interface Shown { states: States; from: number; to: number }

async function read(thing: string, property: string, hours: number, signal: AbortSignal): Promise<Shown> {
  const to = Date.now();
  const from = to - hours * 3_600_000;
  return { states: await get<States>(`/api/things/${segment(thing)}/states`, { property, from: new Date(from).toISOString(), to: new Date(to).toISOString() }, signal), from, to };
}

const ticks = [0, 0.25, 0.5, 0.75, 1];

interface Props { thing: string; type: string; property: string; hours: number }

function useStates({ thing, property, hours }: Props) {
  return useQuery({ queryKey: ['states', thing, property, hours], queryFn: ({ signal }) => read(thing, property, hours, signal), refetchInterval: 15_000, placeholderData: keepPreviousData });
}

/** How long in which state, the most productive first. */
export function StateLegend(props: Props) {
  const { language } = useWords();
  const words = useTypeWords();
  const totals = Object.entries(useStates(props).data?.states.totals ?? {}).sort(([a], [b]) => stateRank(b) - stateRank(a));
  return <div className="strip-legend">{totals.map(([state, seconds]) => <span key={state} className="row"><StateMark state={state} all={words.values(props.type, props.property)} name={words.value(props.type, props.property, state)} /><b>{duration(seconds, language)}</b></span>)}</div>;
}

/** What a thing was doing when, as one strip; hatched where nothing is known. */
export function StateStrip(props: Props) {
  const { t, language } = useWords();
  const words = useTypeWords();
  const zone = useZone();
  const query = useStates(props);
  if (query.error !== null && query.data === undefined) return <ProblemView error={query.error} retry={() => void query.refetch()} />;
  if (query.data === undefined) return null;
  const { states, from, to } = query.data;
  const all = words.values(props.type, props.property);
  const place = (interval: StateInterval) => {
    const start = Math.max(from, Date.parse(interval.from));
    const end = Math.min(to, Date.parse(interval.to));
    return { left: `${(100 * (start - from)) / (to - from)}%`, width: `${(100 * Math.max(0, end - start)) / (to - from)}%`, background: lookOf(interval.value, all).colour };
  };
  const title = (interval: StateInterval) => `${words.value(props.type, props.property, interval.value)} ${moment(interval.from, zone, 'clock')}–${moment(interval.to, zone, 'clock')} (${duration((Date.parse(interval.to) - Date.parse(interval.from)) / 1000, language)})`;
  return (
    <div className="stack flat" data-testid="state-strip">
      <div className="strip" role="img" aria-label={t('thing.timeline')}>{states.intervals.map((interval) => <i key={interval.from} style={place(interval)} title={title(interval)} />)}</div>
      <div className="strip-axis">{ticks.map((tick) => <span key={tick} style={{ left: `${tick * 100}%` }}>{moment(from + tick * (to - from), zone, props.hours > 24 ? 'minute' : 'short')}</span>)}</div>
    </div>
  );
}
