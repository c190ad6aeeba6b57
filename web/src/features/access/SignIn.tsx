import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { post } from '../../api/client';
import { markSignedIn } from '../../context/signedIn';
import { usePreferences, useWords } from '../../context/preferences';
import { Logo, bandIcon } from '../../ui/icons';
import { useProblemWords } from '../../ui/problemWords';

function within(next: string | null): string {
  return next !== null && next.startsWith('/') && !next.startsWith('//') ? next : '/';
}

export function SignIn() {
  const { t, language } = useWords();
  const { change } = usePreferences();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const problemWords = useProblemWords();
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<unknown>(null);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setFailed(null);
    post('/api/login', { user: form.get('user'), password: form.get('password') })
      .then(() => { markSignedIn(); client.clear(); void navigate(within(search.get('next')), { replace: true }); })
      .catch((error: unknown) => { setFailed(error); setBusy(false); });
  };

  const words = failed === null ? null : problemWords(failed);
  return (
    <main className="signin">
      <form onSubmit={submit} data-testid="sign-in">
        <div className="brand"><Logo /><div><b>{t('product')}</b><span className="quiet small">{t('product.line')}</span></div></div>
        <label>{t('signin.user')}<input name="user" autoComplete="username" autoFocus required data-testid="sign-in-user" /></label>
        <label>{t('signin.password')}<input name="password" type="password" autoComplete="current-password" required data-testid="sign-in-password" /></label>
        {words !== null && <div role="alert" data-testid="sign-in-problem"><span className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{words.title}</span></span><p className="quiet small">{words.help}</p></div>}
        <button type="submit" disabled={busy} data-testid="sign-in-submit">{t('signin.submit')}</button>
        <div className="corner small"><span className="faint">{t('signin.first')}</span></div>
        <button type="button" className="link small" onClick={() => { change({ language: language === 'zh' ? 'en' : 'zh' }); }} data-testid="sign-in-language">{t('language.other')}</button>
      </form>
    </main>
  );
}
