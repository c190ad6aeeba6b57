import type { Severity } from '../api/types';
import { useWords } from '../context/preferences';
import { bandIcon, noBandIcon, stateIcon } from './icons';
import { lookOf } from './states';

/** A band: shape, colour and word together. */
export function Band({ band, word, icon = false }: { band: Severity | null; word?: string; icon?: boolean }) {
  const { t } = useWords();
  const text = word || (band === null ? t('band.none') : t(`band.${band}`));
  return <span className="mark" title={text}><i className={`mark tone-${band ?? 'none'}`}>{band === null ? noBandIcon : bandIcon[band]}</i>{icon ? <span className="hidden-text">{text}</span> : <span>{text}</span>}</span>;
}

/** How grave: the only thing in the console that may blink is an unacknowledged red one. */
export function SeverityMark({ severity, urgent = false, icon = false }: { severity: Severity; urgent?: boolean; icon?: boolean }) {
  const { t } = useWords();
  const text = t(`severity.${severity}`);
  return <span className={urgent ? 'mark urgent' : 'mark'} title={text}><i className={`mark tone-${severity}`}>{bandIcon[severity]}</i>{icon ? <span className="hidden-text">{text}</span> : <span>{text}</span>}</span>;
}

export function StateMark({ state, name, all }: { state: string | null | undefined; name?: string; all?: readonly string[] }) {
  const { t } = useWords();
  const look = lookOf(state, all);
  const text = name || (state ?? t('state.none'));
  return <span className="mark" title={text}><i className={`mark tone-${look.tone}`} style={look.shape === 'other' ? { color: look.colour } : undefined}>{stateIcon[look.shape]}</i><span>{text}</span></span>;
}

/** Lines and operations never speak: what was never heard is not offline. */
export function ConnectionMark({ connected, heard }: { connected: boolean; heard: boolean }) {
  const { t } = useWords();
  if (!connected && !heard) return <span className="faint">–</span>;
  return <span className="mark"><i className={`mark tone-${connected ? 'green' : 'none'}`}>{connected ? bandIcon.green : noBandIcon}</i><span>{connected ? t('online') : t('offline')}</span></span>;
}
