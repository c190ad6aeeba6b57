import { SwapOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Handover } from '../../api/duty';
import { useWords } from '../../context/preferences';
import { useScoped } from '../../context/scope';
import { useSession } from '../../context/session';
import { bandIcon, noBandIcon } from '../../ui/icons';
import { ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { Page } from '../../ui/page';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';
import { LogPanel } from './LogPanel';
import { MakeHandover } from './MakeHandover';

const look = { open: { tone: 'blue', icon: noBandIcon }, accepted: { tone: 'green', icon: bandIcon.green }, objected: { tone: 'orange', icon: bandIcon.orange } };

/** The log of a duty, and how it goes from one to the next. */
export default function DutyPage() {
  const { t } = useWords();
  const { can, me } = useSession();
  const { open, opened } = useOpen();
  const [making, setMaking] = useState(false);
  const columns: Column<Handover>[] = [
    { key: 'at', title: t('duty.at'), width: 112, render: (item) => <At at={item.at} shape="minute" /> },
    { key: 'from', title: t('duty.giver'), render: (item) => item.fromName },
    { key: 'to', title: t('duty.taker'), render: (item) => <span className={item.to === me.id ? 'strong' : ''}>{item.toName}</span> },
    { key: 'cases', title: t('duty.open'), width: 80, right: true, only: 'wide', render: (item) => item.cases },
    { key: 'late', title: t('incidents.late'), width: 64, right: true, only: 'wide', render: (item) => item.late },
    { key: 'state', title: t('state'), width: 112, render: (item) => <span className="mark"><i className={`mark tone-${look[item.state].tone}`}>{look[item.state].icon}</i><span>{t(`duty.state.${item.state}`)}</span></span> },
  ];
  const tools = <><Link to="/notifications/rotas"><Button>{t('rotas.rota')}</Button></Link>{can('operate') && <Button type="primary" icon={<SwapOutlined />} onClick={() => { setMaking(true); }} data-testid="duty-make">{t('duty.make')}</Button>}</>;
  return (
    <Page title={t('duty.title')} testId="page-duty" tools={tools}>
      <div className="two-columns">
        <LogPanel />
        <div className="stack tight"><ListOf<Handover> path="/api/duty/handovers" query={useScoped({})} columns={columns} keyOf={(item) => String(item.id)} testId="handovers" label={t('duty.handover')} refetch={30_000} chosen={opened('handover')} onPick={(item) => { open('handover', String(item.id)); }} empty={{ title: t('duty.none'), help: t('duty.none.help') }} /></div>
      </div>
      {making && <MakeHandover onClose={() => { setMaking(false); }} onMade={(id) => { setMaking(false); open('handover', id); }} />}
    </Page>
  );
}
