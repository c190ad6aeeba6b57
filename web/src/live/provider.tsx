import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react';
import { address } from '../api/client';
import type { Incident, Report } from '../api/incidents';
import type { Alarm, Case, Indicator, Notification, Progress, Thing, Values } from '../api/types';
import { useScope } from '../context/scope';
import { useSession } from '../context/session';
import { applyAlarm, applyCase, applyIncident, applyIndicator, applyNotification, applyProgress, applyReadings, applyReport, applyThing, lookAgainAtIncidents } from './apply';
import { addArrived, type Arrived } from './fold';
import { openStream, type LiveEvent, type Status } from './stream';

const Context = createContext<Status>({ connected: false, since: 0, ever: false });

/** Readings are folded together at this pace: fast for an eye, slow enough for a thousand things. */
const foldEvery = 200;
/** Ranks, figures and colours depend on all incidents: they are read anew at this pace while any changes. */
const rankEvery = 2000;

/** One event stream for the whole console; what it brings goes into the query cache that every page reads. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const scope = useScope();
  const me = useSession().me.id;
  const [status, setStatus] = useState<Status>({ connected: false, since: 0, ever: false });
  const lost = useRef(false);

  useEffect(() => {
    let arrived: Arrived = new Map();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ranking: ReturnType<typeof setTimeout> | undefined;
    const flush = () => { timer = undefined; const batch = arrived; arrived = new Map(); applyReadings(client, batch); };
    const rankSoon = () => { ranking ??= setTimeout(() => { ranking = undefined; lookAgainAtIncidents(client); }, rankEvery); };
    const on = (event: LiveEvent, data: unknown) => {
      switch (event) {
        case 'reading': {
          const { thing, values } = data as { thing: string; values: Values };
          addArrived(arrived, thing, values);
          timer ??= setTimeout(flush, foldEvery);
          break;
        }
        case 'alarm': applyAlarm(client, data as Alarm); break;
        case 'case': applyCase(client, data as Case, me); break;
        case 'indicator': applyIndicator(client, data as Indicator); break;
        case 'thing': applyThing(client, data as Thing); break;
        case 'progress': applyProgress(client, data as Progress); break;
        case 'notification': applyNotification(client, data as Notification); break;
        case 'incident': applyIncident(client, data as Incident, me); rankSoon(); break;
        case 'report': applyReport(client, data as Report); rankSoon(); break;
        case 'hello': break;
      }
    };
    const onStatus = (connected: boolean) => {
      setStatus((before) => (before.connected === connected && before.ever ? before : { connected, since: Date.now(), ever: before.ever || connected }));
      // What happened meanwhile is not sent again: everything on the screen is read anew.
      if (connected && lost.current) void client.invalidateQueries();
      lost.current = !connected;
    };
    const stop = openStream(address('/api/live', scope), on, onStatus);
    return () => { clearTimeout(timer); clearTimeout(ranking); stop(); };
  }, [client, scope, me]);

  return <Context value={status}>{children}</Context>;
}

export const useLiveStatus = () => useContext(Context);
