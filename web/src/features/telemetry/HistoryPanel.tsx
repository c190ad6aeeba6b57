import { DownloadOutlined, PictureOutlined } from '@ant-design/icons';
import { Button, Segmented, Select } from 'antd';
import type { EChartsType } from 'echarts/core';
import { useCallback, useRef } from 'react';
import { address, segment } from '../../api/client';
import { usePreferences, useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { palettes } from '../../theme/tokens';
import { Panel } from '../../ui/page';
import { autoBucket, bucketChoices } from './buckets';
import { HistoryChart } from './HistoryChart';
import type { TypedThing } from '../directory/thing';

const ranges = ['1', '8', '24', '168'] as const;
const mostTracks = 4;

/** Any property over any range, with its own bucket; to be exported as figures or as a picture. */
export function HistoryPanel({ thing, usual }: { thing: TypedThing; usual: string[] }) {
  const { t, label } = useWords();
  const { mode } = usePreferences();
  const numeric = thing.typeInfo.properties.filter((info) => info.type === 'number' || info.type === 'boolean');
  const [chosen, choose] = useUrl('properties', usual.join(','));
  const [hours, setHours] = useUrl('hours', '8');
  const [bucket, setBucket] = useUrl('bucket', 'auto');
  const chart = useRef<EChartsType | null>(null);
  const onReady = useCallback((made: EChartsType) => { chart.current = made; }, []);
  const properties = chosen.split(',').filter((id) => numeric.some((info) => info.id === id));
  const save = () => {
    const link = document.createElement('a');
    link.href = chart.current?.getDataURL({ pixelRatio: 2, backgroundColor: palettes[mode].panel }) ?? '';
    link.download = `${thing.name}.png`;
    link.click();
  };
  const csv = address(`/api/things/${segment(thing.id)}/readings`, { property: properties[0], bucket: bucket === 'auto' ? autoBucket(Number(hours)) : bucket, from: undefined, format: 'csv' });
  return (
    <Panel style={{ height: '100%' }} testId="history">
      <div className="stack tight" style={{ height: '100%', paddingTop: 12 }}>
        <div className="row wrap">
          <Select mode="multiple" value={properties} onChange={(ids: string[]) => { choose(ids.slice(-mostTracks).join(',')); }} options={numeric.map((info) => ({ value: info.id, label: label(info.name) }))} style={{ minWidth: 300, maxWidth: 640 }} maxTagCount={4} data-testid="history-properties" />
          <Segmented value={hours} onChange={(value: string) => { setHours(value); }} options={ranges.map((range) => ({ value: range, label: t(`chart.range.${range}`) }))} data-testid="history-range" />
          <Select value={bucket} onChange={(value: string) => { setBucket(value); }} options={bucketChoices.map((choice) => ({ value: choice, label: choice === 'auto' || choice === 'raw' ? t(`chart.bucket.${choice}`) : choice }))} style={{ width: 96 }} aria-label={t('chart.bucket')} data-testid="history-bucket" />
          <span className="faint small grow">{t('chart.help')}</span>
          <Button icon={<DownloadOutlined />} href={csv} disabled={properties.length === 0} title={t('export.csv')}>CSV</Button>
          <Button icon={<PictureOutlined />} onClick={save} title={t('export.png')}>PNG</Button>
        </div>
        <div style={{ flex: 1, minHeight: 240 }}>{properties.length > 0 && <HistoryChart thing={thing.id} type={thing.type} properties={properties} hours={Number(hours)} bucket={bucket} zoom onReady={onReady} />}</div>
      </div>
    </Panel>
  );
}
