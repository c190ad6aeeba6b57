import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Label } from '../api/types';
import { browserLanguage, type Language } from '../i18n/language';
import { say } from '../i18n/sentences/say';
import { labelText, translate, type Parameters } from '../i18n/translate';
import type { Key } from '../i18n/words';
import type { Mode } from '../theme/tokens';

export interface Stored { language: Language; mode: Mode; narrowRail: boolean; party: string | null; region: string | null; overview: string | null; exercise: boolean }
interface Preferences extends Stored { change: (part: Partial<Stored>) => void; belongTo: (user: string) => void }

const lastUser = 'jingwei.user';
const keyOf = (user: string) => `jingwei.preferences.${user}`;

function load(user: string): Stored {
  const standard: Stored = { language: browserLanguage(), mode: 'dark', narrowRail: false, party: null, region: null, overview: null, exercise: false };
  try {
    return { ...standard, ...(JSON.parse(localStorage.getItem(keyOf(user)) ?? '{}') as Partial<Stored>) };
  } catch (error) {
    if (error instanceof SyntaxError) return standard;
    throw error;
  }
}

const Context = createContext<Preferences | null>(null);

/** What a person set for himself: kept on this machine, by user. */
export function PreferencesProvider({ children }: { children: ReactNode }) {
  const [user, setUser] = useState(() => localStorage.getItem(lastUser) ?? '');
  const [stored, setStored] = useState(() => load(user));

  useEffect(() => {
    document.documentElement.lang = stored.language === 'zh' ? 'zh-CN' : 'en';
    document.documentElement.dataset['theme'] = stored.mode;
  }, [stored.language, stored.mode]);

  const change = useCallback((part: Partial<Stored>) => {
    setStored((before) => {
      const after = { ...before, ...part };
      localStorage.setItem(keyOf(user), JSON.stringify(after));
      return after;
    });
  }, [user]);

  const belongTo = useCallback((id: string) => {
    if (id === user) return;
    localStorage.setItem(lastUser, id);
    setUser(id);
    // A first sign-in keeps what was chosen on the sign-in page.
    setStored((before) => (localStorage.getItem(keyOf(id)) === null ? { ...before, party: null, region: null, overview: null, exercise: false } : load(id)));
  }, [user]);

  const value = useMemo(() => ({ ...stored, change, belongTo }), [stored, change, belongTo]);
  return <Context value={value}>{children}</Context>;
}

export function usePreferences(): Preferences {
  const value = useContext(Context);
  if (value === null) throw new Error('No preferences around this component.');
  return value;
}

/** The words of the interface, and the right language of what the server labels. */
export function useWords() {
  const { language } = usePreferences();
  return useMemo(() => ({
    language,
    t: (key: Key, parameters?: Parameters) => translate(language, key, parameters),
    label: (text: Label | string | null | undefined) => labelText(text, language),
    say: (text: string | null | undefined) => say(text ?? '', language),
  }), [language]);
}
