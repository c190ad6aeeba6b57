import { useEffect, useState, type ReactNode } from 'react';
import { useWords } from '../context/preferences';

function useAfter(milliseconds: number): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => { setPassed(true); }, milliseconds);
    return () => { clearTimeout(timer); };
  }, [milliseconds]);
  return passed;
}

/** Nothing for half a second, then a skeleton, after five seconds words. */
export function Waiting({ rows = 6 }: { rows?: number }) {
  const { t } = useWords();
  const visible = useAfter(500);
  const slow = useAfter(5000);
  if (!visible) return <div aria-busy="true" />;
  return (
    <div className="stack" style={{ padding: 16 }} aria-busy="true" aria-label={t('loading')}>
      {slow && <span className="quiet">{t('slow')}</span>}
      {Array.from({ length: rows }, (_, index) => <div key={index} className="bone" style={{ width: `${90 - (index * 17) % 45}%` }} />)}
    </div>
  );
}

export function Empty({ title, help, action, centre = false }: { title: string; help?: string; action?: ReactNode; centre?: boolean }) {
  return (
    <div className={centre ? 'state-box centre' : 'state-box'} data-testid="empty">
      <h3>{title}</h3>
      {help !== undefined && <p className="quiet">{help}</p>}
      {action}
    </div>
  );
}
