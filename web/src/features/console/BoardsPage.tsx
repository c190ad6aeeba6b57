import { ExpandOutlined, SyncOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover, Segmented } from 'antd';
import { useState } from 'react';
import { Link, Navigate, useLocation, useNavigate, useParams } from 'react-router';
import { segment } from '../../api/client';
import type { View } from '../../api/types';
import { useWords } from '../../context/preferences';
import { Page } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Empty, Waiting } from '../../ui/waiting';
import { Board } from './Board';
import { LastPicker } from './LastPicker';
import { rotationSeconds, wallAddress } from './rotation';
import { hasTimes, isBoard, useViews } from './views';

function Rotation({ boards }: { boards: View[] }) {
  const { t, label } = useWords();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(boards.map((board) => board.id));
  const content = (
    <div className="stack tight" style={{ maxWidth: 320 }}>
      <p className="quiet">{t('boards.rotate.help', { seconds: rotationSeconds })}</p>
      <Checkbox.Group value={chosen} onChange={setChosen} options={boards.map((board) => ({ value: board.id, label: label(board.name) }))} style={{ flexDirection: 'column', gap: 8 }} />
      <Button type="primary" disabled={chosen.length === 0} onClick={() => void navigate(wallAddress(chosen))}>{t('boards.rotate.start')}</Button>
    </div>
  );
  return <Popover content={content} trigger="click" placement="bottomRight"><Button icon={<SyncOutlined />} data-testid="rotate">{t('boards.rotate')}</Button></Popover>;
}

export default function BoardsPage() {
  const { t, label } = useWords();
  const navigate = useNavigate();
  const { view: id } = useParams();
  const location = useLocation();
  const views = useViews();
  const boards = (views.data ?? []).filter(isBoard);
  const view = boards.find((board) => board.id === id) ?? boards.find((board) => board.kind !== 'overview') ?? boards[0];
  if (views.isPending) return <Waiting />;
  if (views.error !== null) return <Page title={t('boards.title')} testId="page-boards"><ProblemView error={views.error} retry={() => void views.refetch()} /></Page>;
  const page = views.data.find((one) => one.id === id && one.kind === 'thing');
  if (page !== undefined) return <Navigate to={`/things?type=${segment(page.type ?? '')}`} replace />;
  if (view === undefined) return <Page title={t('boards.title')} testId="page-boards"><Empty title={t('boards.empty')} help={t('boards.empty.help')} action={<Link to="/packs">{t('packs.title')}</Link>} /></Page>;
  const tabs = boards.length > 1 && <Segmented value={view.id} onChange={(next: string) => void navigate({ pathname: `/boards/${segment(next)}`, search: location.search })} options={boards.map((board) => ({ value: board.id, label: label(board.name) }))} />;
  return (
    <Page title={boards.length > 1 ? t('boards.title') : label(view.name)} testId="page-boards" beside={tabs} tools={<>{hasTimes(view) && <LastPicker />}<span className="for-wall"><Rotation boards={boards} /></span><Link className="for-wall" to={{ pathname: `/wall/${segment(view.id)}`, search: location.search }}><Button icon={<ExpandOutlined />} data-testid="wall-mode">{t('boards.wall')}</Button></Link></>}>
      <Board key={view.id} widgets={view.widgets} />
    </Page>
  );
}
