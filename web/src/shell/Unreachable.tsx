import { useWords } from '../context/preferences';
import { bandIcon } from '../ui/icons';
import { useProblemWords } from '../ui/problemWords';

/** Before anything else can be shown; so without the component library. */
export function Unreachable({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useWords();
  const words = useProblemWords()(error);
  return (
    <main className="signin">
      <div className="state-box" role="alert" data-testid="problem">
        <h3 className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{words.title}</span></h3>
        <p className="quiet">{words.help}</p>
        <button type="button" className="link" onClick={retry}>{t('retry')}</button>
      </div>
    </main>
  );
}
