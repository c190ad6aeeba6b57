import { CloseOutlined } from '@ant-design/icons';
import { useEffect } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { address, segment } from '../../api/client';
import { useSecond } from '../../context/now';
import { usePreferences, useWords } from '../../context/preferences';
import { moment } from '../../format/times';
import { useLiveStatus } from '../../live/provider';
import { Logo, bandIcon } from '../../ui/icons';
import { Simulated } from '../../shell/Simulated';
import { useZone } from '../../context/zone';
import { Empty, Waiting } from '../../ui/waiting';
import { ExerciseTag } from '../reports/ExerciseTag';
import { Board } from './Board';
import { nextBoard, rotationSeconds } from './rotation';
import { useViews } from './views';

function useRotation(current: string): void {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const rotate = search.get('rotate') ?? '';
  const last = search.get('last') ?? '';
  useEffect(() => {
    const next = nextBoard(current, rotate);
    if (next === null) return undefined;
    const timer = setTimeout(() => { void navigate(address(`/wall/${segment(next)}`, { rotate, last }), { replace: true }); }, rotationSeconds * 1000);
    return () => { clearTimeout(timer); };
  }, [current, rotate, last, navigate]);
}

/** A board for a screen on the wall: no chrome, type half as large again. */
export default function WallPage() {
  const { t, label } = useWords();
  const { exercise } = usePreferences();
  const zone = useZone();
  const now = useSecond();
  const live = useLiveStatus();
  const { view: id = '' } = useParams();
  const views = useViews();
  useRotation(id);
  const view = views.data?.find((one) => one.id === id);
  if (views.isPending) return <Waiting />;
  if (view === undefined) return <Empty centre title={t('boards.empty')} help={t('boards.empty.help')} action={<Link to="/">{t('page.home')}</Link>} />;
  return (
    <main className="wall" data-testid="page-wall">
      <div className="wall-head">
        <span style={{ width: '1.6em', display: 'inline-flex' }}><Logo /></span><h1>{label(view.name)}</h1><Simulated />{exercise && <ExerciseTag />}
        {!live.connected && live.ever && <span className="mark"><i className="mark tone-orange">{bandIcon.orange}</i><span>{t('live.lost', { time: moment(live.since, zone, 'clock') })}</span></span>}
        <span className="clock">{moment(now, zone, 'clock')}</span>
        <Link to={`/boards/${segment(view.id)}`} className="plain" title={t('wall.exit')} aria-label={t('wall.exit')} data-testid="wall-exit"><CloseOutlined /></Link>
      </div>
      <Board key={view.id} widgets={view.widgets} wall />
    </main>
  );
}
