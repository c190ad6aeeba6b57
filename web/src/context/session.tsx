import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useOne } from '../api/hooks';
import type { Me, Right, SystemInfo } from '../api/types';

interface Session { me: Me; system: SystemInfo; can: (right: Right) => boolean }
const Context = createContext<Session | null>(null);

export function SessionProvider({ me, system, children }: { me: Me; system: SystemInfo; children: ReactNode }) {
  const value = useMemo(() => ({ me, system, can: (right: Right) => me.rights.includes(right) }), [me, system]);
  return <Context value={value}>{children}</Context>;
}

export function useSession(): Session {
  const value = useContext(Context);
  if (value === null) throw new Error('Nobody is signed in around this component.');
  return value;
}

export function useMe(asked: boolean) {
  return useOne<Me>('/api/me', {}, { stale: Infinity, enabled: asked });
}

export function useForgetSession() {
  const client = useQueryClient();
  return () => client.clear();
}
