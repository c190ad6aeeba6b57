import { keepPreviousData, useQueries } from '@tanstack/react-query';
import type { EChartsType } from 'echarts/core';
import { useCallback, useMemo, useState } from 'react';
import { useAll } from '../../api/all';
import { get, segment } from '../../api/client';
import type { Readings, Rule, ThingRule } from '../../api/types';
import { Chart } from '../../charts/Chart';
import { increases, usualStep, withGaps, type Point } from '../../charts/gaps';
import { historyOption, type Threshold, type Track } from '../../charts/history';
import { usePreferences, useWords } from '../../context/preferences';
import { parseDuration } from '../../format/durations';
import { ProblemView } from '../../ui/problem';
import { useZone } from '../../context/zone';
import { useTypeWords } from '../packs/typeWords';
import { autoBucket, thresholdsOf } from './buckets';

interface Props { thing: string; type: string; properties: string[]; hours: number; bucket: string; zoom?: boolean; onReady?: (chart: EChartsType) => void }
interface Piece { readings: Readings; from: number; to: number }

async function read(thing: string, property: string, hours: number, bucket: string, signal: AbortSignal): Promise<Piece> {
  const to = Date.now();
  const from = to - hours * 3_600_000;
  const query = { property, bucket, from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  return { readings: await get<Readings>(`/api/things/${segment(thing)}/readings`, query, signal), from, to };
}

/** A counter shows what it grew per bucket, everything else its mean. */
function trackPoints(readings: Readings, counter: boolean): { points: Point[]; bars: boolean } {
  const raw = readings.bucket === 'raw';
  const at = counter && !raw ? 3 : 1;
  const points = readings.points.map((row): Point => [Number(row[0]), typeof row[at] === 'number' ? row[at] : typeof row[at] === 'boolean' ? Number(row[at]) : null]);
  const step = Math.max(usualStep(points.map((point) => point[0])), raw ? 1000 : (parseDuration(readings.bucket) ?? 60) * 1000);
  return counter ? { points: increases(points), bars: true } : { points: withGaps(points, step), bars: false };
}

/** The lines that rules draw over a property of a thing. */
export function useThresholds(thing: string, type: string): (property: string) => Threshold[] {
  const rules = useAll<Rule>('/api/rules');
  const held = useAll<ThingRule>(`/api/things/${segment(thing)}/rules`);
  const { lineage } = useTypeWords();
  const { label } = useWords();
  return useMemo(() => {
    const line = lineage(type);
    const own = (rules.data ?? []).filter((rule) => line.includes(rule.type));
    const valuesOf = (rule: Rule) => Object.fromEntries((held.data?.find((one) => one.rule === rule.id)?.parameters ?? []).map((one) => [one.id, one.value]));
    return (property: string) => own.flatMap((rule) => thresholdsOf(rule.when, property, valuesOf(rule)).map((value) => ({ value, severity: rule.severity, name: label(rule.name) })));
  }, [rules.data, held.data, lineage, type, label]);
}

/** The height of an element, as it changes. */
function useHeight(): [(element: HTMLElement | null) => (() => void) | undefined, number] {
  const [height, setHeight] = useState(320);
  const measure = useCallback((element: HTMLElement | null) => {
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => { if (element.clientHeight > 0) setHeight(element.clientHeight); });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);
  return [measure, height];
}

/** The same list for as long as its parts are the same, so that nothing is drawn again in vain. */
function useSettled(pieces: (Piece | undefined)[]): Piece[] {
  const [held, setHeld] = useState<Piece[]>([]);
  const now = pieces.filter((piece) => piece !== undefined);
  if (now.length !== held.length || now.some((piece, index) => piece !== held[index])) setHeld(now);
  return held;
}

export function HistoryChart({ thing, type, properties, hours, bucket, zoom = false, onReady }: Props) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const zone = useZone();
  const words = useTypeWords();
  const thresholds = useThresholds(thing, type);
  const [measure, height] = useHeight();
  const actual = bucket === 'auto' ? autoBucket(hours) : bucket;
  const queries = useQueries({
    queries: properties.map((property) => ({
      queryKey: ['readings', thing, property, hours, actual],
      queryFn: ({ signal }: { signal: AbortSignal }) => read(thing, property, hours, actual, signal),
      refetchInterval: hours <= 8 ? 15_000 : 60_000,
      placeholderData: keepPreviousData,
    })),
  });
  const pieces = useSettled(queries.map((query) => query.data));
  const option = useMemo(() => {
    const tracks = pieces.flatMap((piece): Track[] => {
      const { property } = piece.readings;
      const info = words.info(type, property);
      const { points, bars } = trackPoints(piece.readings, info?.counter ?? false);
      return [{ name: bars ? `${words.property(type, property)} · ${t('chart.rate')}` : words.property(type, property), unit: words.unit(type, property), points, bars, thresholds: bars ? [] : thresholds(property) }];
    });
    const first = pieces[0];
    return historyOption(tracks, { mode, language, zone, zoom, from: first?.from ?? 0, to: first?.to ?? 1, height });
  }, [pieces, words, thresholds, mode, language, zone, zoom, t, type, height]);
  const failed = queries.find((query) => query.error !== null && query.data === undefined);
  if (failed !== undefined) return <ProblemView error={failed.error} retry={() => void failed.refetch()} />;
  if (queries.some((query) => query.isPending)) return null;
  if (pieces.every((piece) => piece.readings.points.length === 0)) return <div className="none quiet" style={{ padding: 24 }}>{t('chart.empty')}</div>;
  return <div ref={measure} style={{ height: '100%' }}><Chart option={option} label={t('thing.history')} zoom={zoom} onReady={onReady} /></div>;
}
