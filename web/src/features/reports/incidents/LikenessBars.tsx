import type { Likeness } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';

const parts = ['text', 'time', 'place', 'class', 'numbers'] as const;
/** A bar as long as this many nats is as long as a bar gets. */
const longest = 6;

/** What spoke for one and the same, to the right, and what against it, to the left; the figures are nats. */
export function LikenessBars({ why }: { why: Likeness }) {
  const { t } = useWords();
  return (
    <div className="likeness" data-testid="likeness">
      {parts.map((part) => {
        const nats = why[part];
        const width = Math.min(Math.abs(nats) / longest, 1) * 50;
        const word = t(Math.abs(nats) < 0.3 ? 'likeness.neither' : nats > 0 ? 'likeness.for' : 'likeness.against');
        return (
          <div key={part} className="likeness-row" title={t('likeness.nats', { nats: nats.toFixed(2) })}>
            <span>{t(`likeness.${part}`)}</span>
            <span className="axis"><i className={nats < 0 ? 'against' : 'for'} style={{ width: `${width}%`, left: nats < 0 ? `${50 - width}%` : '50%' }} /></span>
            <span className="num">{Math.abs(nats) < 0.05 ? '0.0' : `${nats > 0 ? '+' : '−'}${Math.abs(nats).toFixed(1)}`}</span><span className="quiet small">{word}</span>
          </div>
        );
      })}
    </div>
  );
}
