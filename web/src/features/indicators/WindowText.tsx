import type { IndicatorWindow } from '../../api/types';
import { useWords } from '../../context/preferences';
import { moment } from '../../format/times';
import { known } from '../../i18n/translate';
import { useZone } from '../../context/zone';

const byDay = ['day', 'week', 'month'];

export function WindowText({ window, full = false }: { window: IndicatorWindow; full?: boolean }) {
  const { t, label } = useWords();
  const zone = useZone();
  const kind = `indicators.window.${window.kind}`;
  const name = label(window.shiftName) || (known(kind) ? t(kind) : window.kind);
  const last = moment(Date.parse(window.to) - 1, zone, 'day');
  const first = moment(window.from, zone, 'day');
  const span = byDay.includes(window.kind) ? (first === last ? first : `${first} – ${last}`) : `${moment(window.from, zone, full ? 'minute' : 'short')}–${moment(window.to, zone, 'short')}`;
  return <span title={`${moment(window.from, zone)} – ${moment(window.to, zone)}`}>{name} {span}{!window.complete && <span className="faint"> {t('indicators.running')}</span>}</span>;
}
