import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useRows } from '../../api/hooks';
import type { Rota, Turn } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScope } from '../../context/scope';
import { useSession } from '../../context/session';
import { known } from '../../i18n/translate';
import { CsvButton, ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { Panel } from '../../ui/page';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';
import { usePartyName, useRegionName } from '../directory/names';
import { NewRota } from './NewRota';
import { RotaDrawer } from './RotaDrawer';

const path = '/api/rotas';
const nothing = {};

function OnCallNow() {
  const { t } = useWords();
  const now = useRows<Turn>('/api/on-call', useScope(), { refetch: 60_000 });
  return (
    <Panel title={t('rotas.now')} testId="on-call">
      {now.items.every((turn) => turn.people.length === 0)
        ? <p className="quiet">{t('rotas.nobody')}</p>
        : now.items.map((turn) => <p key={`${turn.rota}/${turn.shift}`}><span className="strong">{turn.people.map((person) => person.name).join('、')}</span> <span className="quiet">{turn.shiftName} · <At at={turn.from} shape="minute" /> – <At at={turn.to} shape="minute" /></span></p>)}
    </Panel>
  );
}

/** Who is on call, and the rotas that say so. */
export function Rotas() {
  const { t } = useWords();
  const { can } = useSession();
  const { open, opened } = useOpen();
  const party = usePartyName();
  const region = useRegionName();
  const [creating, setCreating] = useState(false);
  const role = (text: string) => { const key = `role.${text}`; return known(key) ? t(key) : text; };
  const columns: Column<Rota>[] = [
    { key: 'name', title: t('rotas.rota'), width: '22%', render: (rota) => <span className="strong">{rota.name}</span> },
    { key: 'party', title: t('party'), render: (rota) => party(rota.party) },
    { key: 'region', title: t('region'), only: 'wide', render: (rota) => region(rota.region) },
    { key: 'role', title: t('role'), width: 112, only: 'wide', render: (rota) => role(rota.role) },
    { key: 'shifts', title: t('rotas.shifts'), render: (rota) => rota.shifts.map((shift) => `${shift.name} ${shift.from.slice(0, 5)}–${shift.to.slice(0, 5)}`).join('、') },
  ];
  const id = opened('rota');
  return (
    <>
      <OnCallNow />
      <div className="row"><span className="grow" /><CsvButton path={path} query={nothing} />{can('configure') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating(true); }} data-testid="rota-create">{t('rotas.create')}</Button>}</div>
      <ListOf<Rota> path={path} query={nothing} columns={columns} keyOf={(rota) => rota.id} testId="rotas" label={t('notifications.rotas')} chosen={id} onPick={(rota) => { open('rota', rota.id); }} empty={{ title: t('rotas.empty'), help: t('rotas.empty.help') }} />
      {creating && <NewRota onClose={() => { setCreating(false); }} />}
      {id !== null && <RotaDrawer id={id} onClose={() => { open('rota', null); }} />}
    </>
  );
}
