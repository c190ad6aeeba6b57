import { useMemo } from 'react';
import type { Query } from '../../../api/client';
import { useOne } from '../../../api/hooks';
import type { Grouping, Measure, SharedStatistics, StatisticsGroup } from '../../../api/statistics';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useUrl } from '../../../context/url';
import { number, percent, tick } from '../../../format/numbers';
import { objectName } from '../../trace/names';
import { useTraceWords } from '../../trace/words';
import { asMonth, groupings, inTurn, isLogistic, measures, monthBefore, productAsked } from './figures';

/** What the address asks for: a measure by something over whole months, at first the last three. */
export function useFigures() {
  // Months end as the server counts them, in UTC.
  const today = new Date(useNow()).toISOString().slice(0, 7);
  const [measureText, setMeasure] = useUrl('measure', 'events');
  const [byText, setBy] = useUrl('by', 'month');
  const [fromText, setFrom] = useUrl('from', monthBefore(today, 2));
  const [toText, setTo] = useUrl('to', today);
  const [product, setProduct] = useUrl('product');
  const measure: Measure = measures.find((one) => one === measureText) ?? 'events';
  const by: Grouping = groupings.find((one) => one === byText) ?? 'month';
  const [from, to] = [asMonth(fromText) ?? monthBefore(today, 2), asMonth(toText) ?? today];
  const query: Query = { measure, by, from, to, product: productAsked(product) };
  const answer = useOne<SharedStatistics>('/api/facts/statistics', query);
  const groups = useMemo(() => inTurn(measure, by, answer.data?.groups ?? []), [measure, by, answer.data]);
  return { measure, setMeasure, by, setBy, from, setFrom, to, setTo, today, product, setProduct, answer, groups };
}

/** What a figure is called and how its value is written. */
export function useFigureWords(measure: Measure, by: Grouping) {
  const { t, language } = useWords();
  const { step } = useTraceWords();
  return useMemo(() => {
    const bare = (value: number) => (measure === 'yield' ? percent(value, language) : number(value, language));
    const unit = measure === 'yield' ? '%' : measure === 'lead-time' ? t('figures.days') : '';
    return {
      bare, unit,
      tick: (value: number) => (unit === '%' ? `${Math.round(value * 100)}%` : unit === '' ? tick(value, language) : `${tick(value, language)} ${unit}`),
      full: (value: number) => (unit === '' ? bare(value) : unit === '%' ? `${bare(value)}%` : `${bare(value)} ${unit}`),
      name: ({ key, name }: Pick<StatisticsGroup, 'key' | 'name'>) => (by === 'party' ? name : by === 'month' ? key : key === '' ? t('figures.noStep') : by === 'product' ? (isLogistic(key) ? t('figures.logistic') : objectName(key)) : step(key) ?? key),
    };
  }, [measure, by, language, t, step]);
}
