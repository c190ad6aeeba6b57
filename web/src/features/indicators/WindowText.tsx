import type { IndicatorWindow } from '../../api/types';
import { useWords } from '../../context/preferences';
import { moment } from '../../format/times';
import { known } from '../../i18n/translate';
import { useZone } from '../../context/zone';

export function WindowText({ window, full = false }: { window: IndicatorWindow; full?: boolean }) {
  const { t, label } = useWords();
  const zone = useZone();
  const kind = `indicators.window.${window.kind}`;
  const name = label(window.shiftName) || (known(kind) ? t(kind) : window.kind);
  return <span title={`${moment(window.from, zone)} – ${moment(window.to, zone)}`}>{name} {moment(window.from, zone, full ? 'minute' : 'short')}–{moment(window.to, zone, 'short')}{!window.complete && <span className="faint"> {t('indicators.running')}</span>}</span>;
}
