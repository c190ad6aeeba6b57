import { useRows } from '../api/hooks';
import type { Progress } from '../api/types';
import { useWords } from '../context/preferences';

/** Long work that the server does meanwhile, as a thin line under the top bar and its name. */
export function ProgressBar() {
  const { t, label } = useWords();
  const list = useRows<Progress>('/api/progress', {}, { refetch: 30_000 });
  const [first, ...others] = list.items.filter((item) => item.total > 0 && item.done < item.total);
  if (first === undefined) return null;
  const share = Math.floor((100 * first.done) / first.total);
  return (
    <>
      <span className="progress-word long" data-testid="progress">{t('progress.of', { name: label(first.name), share })}{others.length > 0 && ` +${others.length}`}</span>
      <div className="progress" role="progressbar" aria-valuenow={share} aria-valuemin={0} aria-valuemax={100} aria-label={label(first.name)}><i style={{ width: `${share}%` }} /></div>
    </>
  );
}
