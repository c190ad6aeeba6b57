import type { EChartsOption } from 'echarts/types/dist/shared';
import { useMemo } from 'react';
import { useOne } from '../../api/hooks';
import type { StorageInfo, StorageSample } from '../../api/types';
import { Chart } from '../../charts/Chart';
import { chartStyle } from '../../charts/style';
import { usePreferences, useWords } from '../../context/preferences';
import { useZone } from '../../context/zone';
import { bytes, number } from '../../format/numbers';
import { moment } from '../../format/times';
import { known } from '../../i18n/translate';
import { bandIcon } from '../../ui/icons';
import { Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Facts } from '../../ui/side';
import { At } from '../../ui/time';
import { Waiting } from '../../ui/waiting';

const parts = ['engine', 'log', 'database'] as const;
const tones = { ok: 'green', low: 'orange', critical: 'red' } as const;

function Disk({ data }: { data: StorageInfo }) {
  const { t, language } = useWords();
  const share = Math.min(100, (100 * (data.total - data.free)) / data.total);
  const tone = tones[data.state];
  return (
    <Panel title={t('storage.disk')} testId="storage-disk">
      <div className="stack tight">
        <p className="row strong"><i className={`mark tone-${tone}`}>{bandIcon[tone]}</i><span data-testid="storage-state">{t(`storage.state.${data.state}`)}</span></p>
        <div className="meter" role="meter" aria-valuenow={Math.round(share)} aria-valuemin={0} aria-valuemax={100} aria-label={t('storage.disk')}><i style={{ width: `${share}%`, background: tone === 'green' ? undefined : `var(--${tone})` }} /></div>
        <span className="small">{t('storage.disk.of', { free: bytes(data.free, language), total: bytes(data.total, language) })}</span>
        <Facts rows={[[t('storage.used'), <b key="used">{bytes(data.used, language)}</b>], ...parts.map((part) => [t(`storage.${part}`), bytes(data[part], language)] as [string, string])]} />
      </div>
    </Panel>
  );
}

function Growth({ data }: { data: StorageInfo }) {
  const { t, language } = useWords();
  const grown = (value: number | null) => (value === null ? <span className="faint">{t('storage.growth.none')}</span> : `${value < 0 ? '−' : '+'}${bytes(Math.abs(value), language)}`);
  const full = (at: string | null) => (at === null ? <span className="faint">{t('storage.full.never')}</span> : <b><At at={at} /></b>);
  return (
    <Panel title={t('storage.growth')} testId="storage-growth">
      <Facts rows={[
        ...(['hour', 'day', 'week'] as const).map((span) => [t(`storage.growth.${span}`), grown(data.growth[span])] as [string, React.ReactNode]),
        [`${t('storage.full')} · ${t('storage.full.without')}`, full(data.full.withoutRetention)], [`${t('storage.full')} · ${t('storage.full.with')}`, full(data.full.withRetention)],
      ]} />
    </Panel>
  );
}

function Tables({ data }: { data: StorageInfo }) {
  const { t, language } = useWords();
  const name = (table: string) => { const key = `storage.table.${table}`; return known(key) ? t(key) : table; };
  const kept = (table: string) => {
    const days = table === 'states' ? data.kept.readings : table in data.kept ? data.kept[table as keyof typeof data.kept] : null;
    return days === null ? t('storage.kept.ever') : t('storage.kept.days', { days: number(days, language) });
  };
  return (
    <Panel title={t('storage.engine')} testId="storage-tables">
      <table className="plain-table">
        <thead><tr><th>{t('storage.table')}</th><th className="num">{t('storage.rows')}</th><th className="num">{t('storage.bytes')}</th><th className="num">{t('storage.perRow')}</th><th className="num">{t('storage.kept')}</th></tr></thead>
        <tbody>{data.tables.map((one) => <tr key={one.table} data-testid="storage-table"><td>{name(one.table)}</td><td className="num">{number(one.rows, language)}</td><td className="num strong">{bytes(one.bytes, language)}</td><td className="num">{one.bytesPerRow === null ? '–' : `${number(one.bytesPerRow, language, 1)} B`}</td><td className="num quiet">{kept(one.table)}</td></tr>)}</tbody>
      </table>
    </Panel>
  );
}

function useOption(history: StorageSample[]): EChartsOption {
  const { t, language } = useWords();
  const { mode } = usePreferences();
  const zone = useZone();
  return useMemo(() => {
    const style = chartStyle(mode);
    const colours = { engine: style.palette.accent, log: style.palette.faint, database: style.palette.quiet };
    return {
      animation: false,
      textStyle: style.text,
      tooltip: { ...style.tooltip, valueFormatter: (value: unknown) => bytes(Number(value), language) },
      legend: { top: 0, right: 8, icon: 'rect', itemWidth: 10, itemHeight: 10, textStyle: style.text },
      grid: { left: 64, right: 12, top: 28, bottom: 24 },
      xAxis: { type: 'time', axisLine: style.axisLine, axisTick: style.axisTick, axisLabel: { color: style.palette.faint, fontSize: 11, hideOverlap: true, formatter: (value: number) => moment(value, zone, 'minute') } },
      yAxis: { type: 'value', splitNumber: 3, axisLine: style.axisLine, axisTick: style.axisTick, splitLine: style.splitLine, axisLabel: { color: style.palette.faint, fontSize: 11, formatter: (value: number) => bytes(value, language) } },
      series: parts.map((part) => ({ type: 'line' as const, name: t(`storage.${part}`), stack: 'used', symbol: 'none', lineStyle: { color: colours[part], width: 1.2 }, itemStyle: { color: colours[part] }, areaStyle: { color: colours[part], opacity: 0.25 }, data: history.map((one) => [one.at, one[part]]) })),
    };
  }, [history, t, language, mode, zone]);
}

/** What is on the disk, how it grows, and when it will be full. */
export function StoragePage() {
  const { t } = useWords();
  const info = useOne<StorageInfo>('/api/system/storage', {}, { refetch: 30_000 });
  const option = useOption(info.data?.history ?? []);
  if (info.data === undefined) return info.error === null ? <Waiting /> : <ProblemView error={info.error} retry={() => void info.refetch()} />;
  return (
    <div className="stack" data-testid="storage-page">
      <div className="account-grid"><Tables data={info.data} /><div className="stack"><Disk data={info.data} /><Growth data={info.data} /></div></div>
      <Panel title={t('storage.history')} testId="storage-history">{info.data.history.length < 2 ? <p className="faint">{t('storage.history.none')}</p> : <div style={{ height: 220 }}><Chart option={option} label={t('storage.history')} /></div>}</Panel>
    </div>
  );
}
