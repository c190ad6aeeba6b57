import { DownloadOutlined } from '@ant-design/icons';
import { Button, DatePicker, Input, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useMemo } from 'react';
import type { SharedStatistics, StatisticsGroup } from '../../../api/statistics';
import { barsOption } from '../../../charts/bars';
import { Chart } from '../../../charts/Chart';
import { usePreferences, useWords } from '../../../context/preferences';
import { number } from '../../../format/numbers';
import { Panel } from '../../../ui/page';
import { ProblemView } from '../../../ui/problem';
import { saveCsv } from '../../../ui/save';
import { Table, type Column } from '../../../ui/table';
import { Empty, Waiting } from '../../../ui/waiting';
import { csvOf, drawn, groupings, measures, monthsOf, mostBars, mostMonths } from './figures';
import { useFigures, useFigureWords } from './useFigures';

type Asked = ReturnType<typeof useFigures>;

const barHeight = 28;
const least = 88;
const monthsHeight = 240;
const month = 'YYYY-MM';

function Months({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const { from, to, today } = asked;
  const outside = (one: Dayjs, first: string, last: string) => one.format(month) < first || one.format(month) > last;
  const earliest = dayjs(`${to}-01`).subtract(mostMonths - 1, 'month').format(month);
  const latest = dayjs(`${from}-01`).add(mostMonths - 1, 'month').format(month);
  return (
    <span className="row">
      <DatePicker picker="month" allowClear={false} value={dayjs(`${from}-01`)} disabledDate={(one) => outside(one, earliest, to)} onChange={(value: Dayjs | null) => { if (value !== null) asked.setFrom(value.format(month)); }} style={{ width: 112 }} aria-label={t('figures.from')} data-testid="figures-from" />
      <span className="faint">–</span>
      <DatePicker picker="month" allowClear={false} value={dayjs(`${to}-01`)} disabledDate={(one) => outside(one, from, latest < today ? latest : today)} onChange={(value: Dayjs | null) => { if (value !== null) asked.setTo(value.format(month)); }} style={{ width: 112 }} aria-label={t('figures.to')} data-testid="figures-to" />
    </span>
  );
}

function Choices({ asked }: { asked: Asked }) {
  const { t } = useWords();
  const { measure, by, product, groups } = asked;
  const words = useFigureWords(measure, by);
  const save = () => {
    const value = [t(`figures.measure.${measure}`), measure === 'yield' ? '0–1' : words.unit].filter((part) => part !== '').join(' ');
    saveCsv(csvOf(groups, words.name, [t(`figures.by.${by}`), t('figures.key'), t('figures.objects'), value]), `${measure}-${by}-${asked.from}-${asked.to}.csv`);
  };
  return (
    <div className="row wrap">
      <Segmented value={measure} onChange={(value) => { asked.setMeasure(value); }} options={measures.map((one) => ({ value: one, label: <span data-testid={`figures-${one}`}>{t(`figures.measure.${one}`)}</span> }))} />
      <Select value={by} onChange={(value) => { asked.setBy(value); }} options={groupings.map((one) => ({ value: one, label: t('filter.of', { name: t('figures.by'), value: t(`figures.by.${one}`) }) }))} style={{ width: 212 }} aria-label={t('figures.by')} data-testid="figures-by" />
      <Months asked={asked} />
      <Input.Search key={product} allowClear defaultValue={product} placeholder={t('figures.product')} onSearch={(text) => { asked.setProduct(text.trim()); }} style={{ flex: '0 1 260px' }} data-testid="figures-product" />
      <span className="grow" />
      <Button icon={<DownloadOutlined />} disabled={groups.length === 0} onClick={save} title={t('export.csv')} aria-label={t('export.csv')} data-testid="figures-csv">CSV</Button>
    </div>
  );
}

function Bars({ asked }: { asked: Asked }) {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const { measure, by, from, to, groups } = asked;
  const words = useFigureWords(measure, by);
  const lying = by !== 'month';
  const bars = useMemo(() => drawn(by, groups, monthsOf(from, to)).map(({ key, group }) => ({
    name: words.name(group ?? { key, name: key }), value: group?.value ?? null, note: group === null ? '' : t('figures.of', { count: number(group.objects, language) }),
  })), [by, groups, from, to, words, t, language]);
  const option = useMemo(() => barsOption(bars, { mode, lying, whole: measure === 'yield', counted: measure === 'events', text: words.full, tick: words.tick }), [bars, mode, lying, measure, words]);
  return (
    <Panel title={`${t(`figures.measure.${measure}`)}${words.unit === '' ? '' : ` (${words.unit})`}`} tools={groups.length > bars.length && lying ? <span className="faint small">{t('figures.first', { count: mostBars })}</span> : undefined} testId="figures-chart">
      <div style={{ height: lying ? Math.max(least, (bars.length + 1) * barHeight) : monthsHeight }}><Chart key={by} option={option} label={t('figures.chart')} /></div>
    </Panel>
  );
}

function Rows({ asked }: { asked: Asked }) {
  const { t, language } = useWords();
  const { measure, by, groups } = asked;
  const words = useFigureWords(measure, by);
  const columns = useMemo((): Column<StatisticsGroup>[] => [
    { key: 'name', title: t(`figures.by.${by}`), render: (one) => <span className="strong" title={one.key}>{words.name(one)}</span> },
    { key: 'objects', title: t('figures.objects'), width: 76, right: true, render: (one) => number(one.objects, language) },
    { key: 'value', title: t(`figures.measure.${measure}`), unit: words.unit, width: 124, right: true, render: (one) => words.bare(one.value) },
  ], [t, language, measure, by, words]);
  return <Table rows={groups} columns={columns} keyOf={(one) => one.key} testId="figures" label={t('identifiers.figures')} onPick={by === 'product' ? (one) => { asked.setProduct(one.key); } : undefined} />;
}

function Shown({ asked, told }: { asked: Asked; told: SharedStatistics }) {
  const { t, language } = useWords();
  return (
    <>
      <p className="quiet small">{t(`figures.measure.${asked.measure}.help`)}{told.refused > 0 && <span data-testid="figures-refused"> {t('figures.refused', { count: number(told.refused, language), minimum: told.minimum })}</span>}</p>
      {told.groups.length === 0
        ? <div className="table-box"><Empty title={t('figures.none')} help={t(told.refused > 0 ? 'figures.none.small' : 'figures.none.help')} /></div>
        : <div className="shared-figures"><Bars asked={asked} /><Rows asked={asked} /></div>}
    </>
  );
}

/** Figures over one's own parties and all that agreed to be counted, without an event of theirs. */
export function Figures() {
  const asked = useFigures();
  const { data, error, refetch } = asked.answer;
  return (
    <>
      <Choices asked={asked} />
      {error !== null ? <div className="table-box"><ProblemView error={error} retry={() => void refetch()} /></div>
        : data === undefined ? <div className="table-box"><Waiting rows={10} /></div> : <Shown asked={asked} told={data} />}
    </>
  );
}
