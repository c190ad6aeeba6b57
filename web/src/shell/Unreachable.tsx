import { post } from '../api/client';
import { toProblem } from '../api/problem';
import { useWords } from '../context/preferences';
import { markSignedOut } from '../context/signedIn';
import { bandIcon } from '../ui/icons';
import { useProblemWords } from '../ui/problemWords';

/** Before anything else can be shown; so without the component library. Who has no right at all can only leave. */
export function Unreachable({ error, retry }: { error: unknown; retry: () => void }) {
  const { t } = useWords();
  const words = useProblemWords()(error);
  const isPowerless = toProblem(error).status === 403;
  const leave = () => { void post('/api/logout').finally(() => { markSignedOut(); window.location.assign('/sign-in'); }); };
  return (
    <main className="signin">
      <div className="state-box" role="alert" data-testid="problem">
        <h3 className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{isPowerless ? t('signin.powerless') : words.title}</span></h3>
        <p className="quiet">{isPowerless ? t('signin.powerless.help') : words.help}</p>
        <div className="row">
          <button type="button" className="link" onClick={retry}>{t('retry')}</button>
          {isPowerless && <button type="button" className="link" onClick={leave} data-testid="sign-out">{t('user.signout')}</button>}
        </div>
      </div>
    </main>
  );
}
