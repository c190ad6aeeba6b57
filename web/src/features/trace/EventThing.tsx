import { useMemo } from 'react';
import { Link } from 'react-router';
import { segment } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { EventReadings } from '../../api/trace';
import { Chart } from '../../charts/Chart';
import { usualStep, withGaps } from '../../charts/gaps';
import { historyOption, type Track } from '../../charts/history';
import { usePreferences, useWords } from '../../context/preferences';
import { useZone } from '../../context/zone';
import { moment } from '../../format/times';
import { unitSign } from '../../format/units';
import { Section } from '../../ui/side';
import { useTypeWords } from '../packs/typeWords';
import { useThresholds } from '../telemetry/HistoryChart';

/** Height of one property's chart, and of what stands around it, in pixels. */
const each = 96;
const foot = 24;

function Charts({ readings, thing }: { readings: EventReadings; thing: NonNullable<EventReadings['thing']> }) {
  const { t, label, language } = useWords();
  const { mode } = usePreferences();
  const zone = useZone();
  const types = useTypeWords();
  const thresholds = useThresholds(thing.id, thing.type);
  const height = readings.series.length * each + foot;
  const option = useMemo(() => {
    const tracks = readings.series.map((one): Track => {
      const points = one.points.map(([at, mean]): [number, number] => [at, mean]);
      const counter = types.info(thing.type, one.property)?.counter ?? false;
      return { name: label(one.name), unit: unitSign(one.unit, language), points: withGaps(points, Math.max(1000, usualStep(points.map(([at]) => at)))), bars: false, thresholds: counter ? [] : thresholds(one.property) };
    });
    return historyOption(tracks, { mode, language, zone, zoom: false, from: new Date(readings.from).getTime(), to: new Date(readings.to).getTime(), height });
  }, [readings, thing.type, types, label, language, mode, zone, thresholds, height]);
  return <div style={{ height }} data-testid="event-charts"><Chart option={option} label={t('event.thing')} /></div>;
}

/** What the machine at which an event happened reported meanwhile; nothing where the event names no machine that one may see. */
export function EventThing({ id }: { id: string }) {
  const { t } = useWords();
  const zone = useZone();
  const answer = useOne<EventReadings>('/api/trace/telemetry', { event: id }, { stale: Infinity });
  const thing = answer.data?.thing ?? null;
  if (answer.data === undefined || thing === null) return null;
  return (
    <Section title={t('event.thing')} tools={<Link to={`/things/${segment(thing.id)}`} data-testid="event-thing">{thing.name}</Link>}>
      <p className="faint small">{t('event.thing.span', { from: moment(answer.data.from, zone), to: moment(answer.data.to, zone) })}</p>
      {answer.data.series.length === 0 ? <p className="quiet small">{t('event.thing.none')}</p> : <Charts readings={answer.data} thing={thing} />}
    </Section>
  );
}
