import { CaretRightOutlined, PauseOutlined, StepBackwardOutlined, StepForwardOutlined } from '@ant-design/icons';
import { Button, Slider } from 'antd';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { useWords } from '../../../context/preferences';
import { useZone } from '../../../context/zone';
import { moment } from '../../../format/times';
import { bands } from './drawing';
import { runsOf } from './runs';
import type { History } from './useHistory';

/** An hour of the past takes this long to play. */
const beat = 120;

/** The last weeks at one's finger: a strip of the gravest colour, a slider, play and step; and the way back to now. */
export function MapTime({ history, step, onStep }: { history: History; step: number | null; onStep: (step: number | null) => void }) {
  const { t } = useWords();
  const zone = useZone();
  const [playing, play] = useState(false);
  const steps = history.data?.steps ?? 0;
  const at = step ?? steps - 1;
  const runs = useMemo(() => runsOf(history.worst), [history.worst]);
  const advance = useEffectEvent(() => {
    if (at >= steps - 1) { play(false); onStep(null); }
    else onStep(at + 1);
  });
  useEffect(() => {
    if (!playing) return undefined;
    const timer = setInterval(() => { advance(); }, beat);
    return () => { clearInterval(timer); };
  }, [playing]);
  if (steps === 0) return null;
  const move = (next: number) => { play(false); onStep(next >= steps - 1 ? null : Math.max(0, next)); };
  const start = () => { if (!playing && step === null) onStep(0); play(!playing); };
  return (
    <div className="map-time" data-testid="map-time" data-step={step ?? 'now'}>
      <div className="row">
        <Button size="small" icon={playing ? <PauseOutlined /> : <CaretRightOutlined />} onClick={start} aria-label={t(playing ? 'map.pause' : 'map.play')} title={t(playing ? 'map.pause' : 'map.play')} data-testid="map-play" />
        <Button size="small" icon={<StepBackwardOutlined />} onClick={() => { move(at - 1); }} aria-label={t('map.back')} title={t('map.back')} data-testid="map-back" />
        <Button size="small" icon={<StepForwardOutlined />} disabled={step === null} onClick={() => { move(at + 1); }} aria-label={t('map.forward')} title={t('map.forward')} />
      </div>
      <div className="map-track">
        <div className="strip" aria-hidden="true" title={t('map.strip')}>{runs.map((run) => <i key={run.from} className={`fill-${bands[run.value] ?? 'green'}`} style={{ left: `${(run.from / steps) * 100}%`, width: `${(run.length / steps) * 100}%` }} />)}</div>
        <Slider min={0} max={steps - 1} value={at} onChange={(next) => { move(next); }} tooltip={{ formatter: (value) => moment(history.timeOf(value ?? 0), zone, 'minute') }} aria-label={t('map.time')} data-testid="map-slider" />
      </div>
      <b className="map-moment" data-testid="map-moment">{step === null ? t('map.now') : moment(history.timeOf(step), zone, 'minute')}</b>
      <Button size="small" disabled={step === null} onClick={() => { play(false); onStep(null); }} data-testid="map-now">{t('map.to.now')}</Button>
    </div>
  );
}
