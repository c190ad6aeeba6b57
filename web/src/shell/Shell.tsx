import { ExperimentOutlined } from '@ant-design/icons';
import { Suspense, useState } from 'react';
import { Outlet, useLocation } from 'react-router';
import { usePreferences, useWords } from '../context/preferences';
import { useLiveStatus } from '../live/provider';
import { moment } from '../format/times';
import { bandIcon } from '../ui/icons';
import { SideHost } from '../ui/sideHost';
import { useZone } from '../context/zone';
import { Waiting } from '../ui/waiting';
import { Boundary } from './Boundary';
import { Drawers } from './Drawers';
import { Rail } from './Rail';
import { TopBar } from './TopBar';

/** While exercises are shown instead of real life, every page says so. */
function ExerciseNotice() {
  const { t } = useWords();
  const { exercise, change } = usePreferences();
  if (!exercise) return null;
  return <div className="notice exercise-notice" role="status" data-testid="exercise-banner"><ExperimentOutlined /><b>{t('exercise')}</b><span className="grow">{t('exercise.banner')}</span><button type="button" className="link" onClick={() => { change({ exercise: false }); }} data-testid="exercise-leave">{t('exercise.leave')}</button></div>;
}

function LostNotice() {
  const { t } = useWords();
  const zone = useZone();
  const live = useLiveStatus();
  if (live.connected || !live.ever) return null;
  return <div className="notice" role="status" data-testid="live-lost"><i className="mark tone-orange">{bandIcon.orange}</i>{t('live.lost', { time: moment(live.since, zone, 'clock') })}</div>;
}

export function Shell() {
  const { t } = useWords();
  const { narrowRail } = usePreferences();
  const { pathname } = useLocation();
  const [menu, setMenu] = useState(false);
  const [side, setSide] = useState<HTMLElement | null>(null);
  return (
    <div className={narrowRail ? 'shell narrow' : 'shell'}>
      <a href="#content" className="skip">{t('nav.skip')}</a>
      <Rail open={menu} onClose={() => { setMenu(false); }} />
      <TopBar onMenu={() => { setMenu(true); }} />
      <main className="main" id="content" tabIndex={-1}>
        <SideHost value={side}>
          <div className="content">
            <ExerciseNotice /><LostNotice />
            <Boundary at={pathname}><Suspense fallback={<Waiting />}><Outlet /></Suspense></Boundary>
          </div>
          <Drawers />
        </SideHost>
        <div className="side-host" ref={setSide} />
      </main>
    </div>
  );
}
