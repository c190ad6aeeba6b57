import { PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useRows } from '../../api/hooks';
import type { Duty, Rota, Turn } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { known } from '../../i18n/translate';
import { CsvButton, ListOf } from '../../ui/list';
import { useOpen } from '../../ui/open';
import { Panel } from '../../ui/page';
import type { Column } from '../../ui/table';
import { At } from '../../ui/time';
import { usePartyName, useRegionName } from '../directory/names';
import { RotaDrawer } from './RotaDrawer';
import { RotaForm } from './RotaForm';

const path = '/api/rotas';
const nothing = {};

/** By each rota: who is on call, and who takes over. */
function OnCallNow() {
  const { t } = useWords();
  const { open } = useOpen();
  const duty = useRows<Duty>('/api/on-call/rotas', nothing, { refetch: 60_000 });
  const people = (turns: Turn[]) => [...new Set(turns.flatMap((turn) => turn.people.map((person) => person.name)))].join(t('list.and'));
  return (
    <Panel title={t('rotas.now')} testId="on-call">
      {!duty.loading && duty.items.length === 0 && <p className="quiet">{t('rotas.nobody')}</p>}
      {duty.items.length > 0 && (
        <table className="plain-table"><tbody>
          {duty.items.map((one) => (
            <tr key={one.rota}>
              <td><button type="button" className="link" onClick={() => { open('rota', one.rota); }}>{one.name}</button></td>
              <td>{one.now.some((turn) => turn.people.length > 0) ? <><b>{people(one.now)}</b> <span className="quiet">{one.now.map((turn) => turn.shiftName).join(t('list.and'))} · {t('rotas.until')} <At at={one.now[0]?.to} shape="minute" /></span></> : <span className="quiet">{t('rotas.nobody')}</span>}</td>
              <td className="quiet">{one.next !== null && <>{t('rotas.next')} {people([one.next])} · <At at={one.next.from} shape="minute" /></>}</td>
            </tr>
          ))}
        </tbody></table>
      )}
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
    { key: 'shifts', title: t('rotas.shifts'), render: (rota) => rota.shifts.map((shift) => `${shift.name} ${shift.from.slice(0, 5)}–${shift.to.slice(0, 5)}`).join(t('list.and')) },
  ];
  const id = opened('rota');
  return (
    <>
      <OnCallNow />
      <div className="row"><span className="grow" /><CsvButton path={path} query={nothing} />{can('configure') && <Button type="primary" icon={<PlusOutlined />} onClick={() => { setCreating(true); }} data-testid="rota-create">{t('rotas.create')}</Button>}</div>
      <ListOf<Rota> path={path} query={nothing} columns={columns} keyOf={(rota) => rota.id} testId="rotas" label={t('notifications.rotas')} chosen={id} onPick={(rota) => { open('rota', rota.id); }} empty={{ title: t('rotas.empty'), help: t('rotas.empty.help') }} />
      {creating && <RotaForm onClose={() => { setCreating(false); }} />}
      {id !== null && <RotaDrawer id={id} onClose={() => { open('rota', null); }} />}
    </>
  );
}
