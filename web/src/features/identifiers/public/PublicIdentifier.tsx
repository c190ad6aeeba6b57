import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { Link, useLocation } from 'react-router';
import type { HandleAnswer } from '../../../api/identifiers';
import { usePreferences, useWords } from '../../../context/preferences';
import { mayBeSignedIn } from '../../../context/signedIn';
import { moment } from '../../../format/times';
import { Logo } from '../../../ui/icons';
import { useProblemWords } from '../../../ui/problemWords';
import { Waiting } from '../../../ui/waiting';
import { useTypeWord } from '../values/audience';
import { ValueText } from '../values/ValueText';
import { nameOf, resolve, targetOf, type Resolved } from './resolve';

const deviceZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

function Head() {
  const { t, language } = useWords();
  const { mode, change } = usePreferences();
  const other = mode === 'dark' ? 'light' : 'dark';
  return (
    <header className="public-head">
      <Logo /><b>{t('product')}</b><span className="quiet">{t('public.lead')}</span><span className="grow" />
      <button type="button" className="icon wordy" onClick={() => { change({ language: language === 'zh' ? 'en' : 'zh' }); }} data-testid="language">{t('language.other')}</button>
      <button type="button" className="icon" onClick={() => { change({ mode: other }); }} title={t(`theme.${other}`)} aria-label={t(`theme.${other}`)} data-testid="theme">{mode === 'dark' ? <SunOutlined /> : <MoonOutlined />}</button>
    </header>
  );
}

function Found({ answer }: { answer: HandleAnswer }) {
  const { t } = useWords();
  const word = useTypeWord();
  const values = answer.values ?? [];
  const newest = values.map((value) => value.timestamp).sort().at(-1);
  return (
    <>
      <dl>{values.map((value) => <div key={value.index} data-testid="public-value" data-type={value.type}><dt title={value.type}>{word(value.type) ?? value.type}</dt><dd><ValueText type={value.type} data={value.data} /></dd></div>)}</dl>
      <p className="foot">{newest !== undefined && <span>{t('public.written', { time: moment(newest, deviceZone()) })}</span>}{mayBeSignedIn() && <span>{t('public.signed')}</span>}</p>
    </>
  );
}

function NotFound({ is, target }: { is: Exclude<Resolved['is'], 'found'>; target: string }) {
  const { t } = useWords();
  return (
    <div className="stack tight" role="alert" style={{ marginTop: 16 }} data-testid="public-none" data-is={is}>
      <h2 style={{ color: 'var(--text)', fontSize: 14 }}>{t(`public.${is}`)}</h2>
      <p className="quiet">{t(`public.${is}.help`)}</p>
      {is === 'signin' && <Link to={`/sign-in?next=${encodeURIComponent(`/id/${target}`)}`}>{t('signin.submit')}</Link>}
    </div>
  );
}

/** What an identifier means, for whoever scans it: no console around it, and nobody needs to sign in. */
export default function PublicIdentifier() {
  const { t } = useWords();
  const { pathname, search } = useLocation();
  const problem = useProblemWords();
  const target = targetOf(pathname);
  const name = nameOf(target);
  const found = useQuery({ queryKey: ['public', target, search], queryFn: ({ signal }) => resolve(target, search, signal), retry: false });
  useEffect(() => { document.title = `${name} · ${t('product')}`; }, [name, t]);
  const words = found.error === null ? null : problem(found.error);
  return (
    <main className="public-page" data-testid="page-public">
      <Head />
      <article className="public-card">
        <h1 className="mono" data-testid="public-handle">{name}</h1>
        {words !== null && <div className="stack tight" role="alert" style={{ marginTop: 16 }}><h2>{words.title}</h2><p className="quiet">{words.help}</p><div><button type="button" className="link" onClick={() => void found.refetch()}>{t('retry')}</button></div></div>}
        {found.isPending && <Waiting rows={3} />}
        {found.data?.is === 'found' && <Found answer={found.data.answer} />}
        {found.data !== undefined && found.data.is !== 'found' && <NotFound is={found.data.is} target={target} />}
      </article>
    </main>
  );
}
