import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { mayBeSignedIn, markSignedOut } from './context/signedIn';
import { signedOut } from './api/client';
import { useOne } from './api/hooks';
import { toProblem } from './api/problem';
import type { SystemInfo } from './api/types';
import { SessionProvider, useMe } from './context/session';
import { SignIn } from './features/access/SignIn';
import { Unreachable } from './shell/Unreachable';

const inside = import('./Inside');
const PublicIdentifier = lazy(() => import('./features/identifiers/public/PublicIdentifier'));
const Inside = lazy(() => inside);

/** The way back after signing in; only ever inside this console. */
function backTo(location: { pathname: string; search: string }): string {
  const path = location.pathname + location.search;
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}

function Guarded() {
  const location = useLocation();
  const asked = mayBeSignedIn();
  const me = useMe(asked);
  const system = useOne<SystemInfo>('/api/system', {}, { stale: Infinity, enabled: me.data !== undefined });
  const failed = me.error ?? system.error;
  if (!asked) return <Navigate to={backTo(location)} replace />;
  if (failed !== null) {
    if (toProblem(failed).status === 401) return <Navigate to={backTo(location)} replace />;
    return <Unreachable error={failed} retry={() => { void me.refetch(); void system.refetch(); }} />;
  }
  if (me.data === undefined || system.data === undefined) return null;
  return <SessionProvider me={me.data} system={system.data}><Suspense fallback={null}><Inside /></Suspense></SessionProvider>;
}

export function App() {
  const navigate = useNavigate();
  const location = useLocation();
  const client = useQueryClient();
  useEffect(() => {
    const leave = () => { markSignedOut(); client.clear(); void navigate(backTo(location), { replace: true }); };
    signedOut.addEventListener('signed-out', leave);
    return () => { signedOut.removeEventListener('signed-out', leave); };
  }, [client, navigate, location]);
  return (
    <Routes>
      <Route path="/sign-in" element={<SignIn />} />
      <Route path="/id/*" element={<Suspense fallback={null}><PublicIdentifier /></Suspense>} />
      <Route path="*" element={<Guarded />} />
    </Routes>
  );
}
