import type { Incident } from '../../api/incidents';
import type { Severity } from '../../api/types';
import { useWords } from '../../context/preferences';
import { bandIcon } from '../../ui/icons';

/** How grave, by its colour alone: the words of severities are too near to those of the levels I to IV. */
export function Colour({ severity, icon = false }: { severity: Severity; icon?: boolean }) {
  const { t } = useWords();
  const word = t(`band.${severity}`);
  return <span className="mark" title={t('incidents.colour.is', { colour: word, severity: t(`severity.${severity}`) })}><i className={`mark tone-${severity}`}>{bandIcon[severity]}</i>{icon ? <span className="hidden-text">{word}</span> : <span>{word}</span>}</span>;
}

/** The level that the facts suggest, I (gravest) to IV. */
export function Level({ level }: { level: number | null }) {
  const { t } = useWords();
  if (level === null) return <span className="faint" title={t('incidents.level.0')}>–</span>;
  return <span title={t(`incidents.level.${level as 1 | 2 | 3 | 4}`)}>{t(`incidents.level.short.${level as 1 | 2 | 3 | 4}`)}</span>;
}

/** Where it stands among all, and how that changed within a day. */
export function Rank({ item }: { item: Pick<Incident, 'rank' | 'rankBefore' | 'first'> }) {
  const { t } = useWords();
  if (item.rank === null) return <span className="faint">–</span>;
  const up = item.rankBefore === null ? null : item.rankBefore - item.rank;
  const word = up === null ? t('incidents.rank.new') : up === 0 ? t('incidents.rank.same') : t(up > 0 ? 'incidents.rank.up' : 'incidents.rank.down', { count: Math.abs(up), before: item.rankBefore ?? 0 });
  return (
    <span className="rank" title={word}>
      <b>{item.rank}</b>
      <span className={up === null ? 'rank-new' : 'rank-step'}>{up === null ? t('incidents.new') : up === 0 ? '' : `${up > 0 ? '↑' : '↓'}${Math.abs(up)}`}<span className="hidden-text">{word}</span></span>
    </span>
  );
}

/** The weight of what came, hour by hour, the last day; the newest on the right. */
export function Spark({ hours }: { hours: number[] }) {
  const { t } = useWords();
  const most = Math.max(...hours, 1);
  return (
    <svg className="spark" viewBox={`0 0 ${hours.length * 3} 20`} preserveAspectRatio="none" role="img" aria-label={t('incidents.spark')}>
      <title>{t('incidents.spark')}</title>
      <line x1="0" x2={hours.length * 3} y1="19.5" y2="19.5" />
      {hours.map((weight, index) => weight > 0 && <rect key={index} x={index * 3} width="2" y={19 - (weight / most) * 18} height={(weight / most) * 18 + 0.5} />)}
    </svg>
  );
}

/** A risk of 0 to 100 as a thin bar with its figure. */
export function RiskBar({ risk }: { risk: number }) {
  return <span className="risk"><b>{Math.round(risk)}</b><span className="meter"><i style={{ width: `${risk}%` }} /></span></span>;
}
