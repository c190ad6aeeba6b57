import { Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { remove, segment } from '../../api/client';
import { useOne, useRows } from '../../api/hooks';
import type { Rota, Turn } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { known } from '../../i18n/translate';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { At } from '../../ui/time';
import { Waiting } from '../../ui/waiting';
import { useChange } from '../access/useChange';
import { usePartyName, useRegionName } from '../directory/names';
import { RotaChanges } from './RotaChanges';
import { RotaForm } from './RotaForm';

export function RotaDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { can } = useSession();
  const party = usePartyName();
  const region = useRegionName();
  const { change } = useChange('/api/');
  const [editing, setEditing] = useState(false);
  const path = `/api/rotas/${segment(id)}`;
  const one = useOne<Rota>(path);
  const turns = useRows<Turn>(`${path}/turns`);
  const rota = one.data;
  const role = `role.${rota?.role ?? ''}`;
  const people = (useAll<{ id: string; name: string }>('/api/assignees', { party: rota?.party }, rota !== undefined).data ?? []).map((person) => ({ value: person.id, label: person.name }));
  return (
    <Side onClose={onClose} title={rota?.name ?? ''} testId="rota-drawer" extra={rota !== undefined && can('configure') && <Button onClick={() => { setEditing(true); }} data-testid="rota-edit">{t('rotas.edit')}</Button>}>
      {one.error !== null && <ProblemView error={one.error} retry={() => void one.refetch()} />}
      {one.isPending && <Waiting />}
      {rota !== undefined && (
        <>
          <Facts rows={[[t('party'), party(rota.party)], [t('region'), region(rota.region)], [t('role'), known(role) ? t(role) : rota.role], [t('notify.zone'), rota.zone], [t('rotas.start'), rota.start], [t('rotas.days'), t('rotas.days.of', { count: rota.days })]]} />
          <RotaChanges path={path} people={people} turns={turns.items} />
          <Section title={t('rotas.turns')}>
            <table className="plain-table" data-testid="rota-turns">
              <tbody>{turns.items.map((turn) => <tr key={`${turn.shift}/${turn.from}`}><td><At at={turn.from} shape="minute" /> – <At at={turn.to} shape="minute" /></td><td>{turn.shiftName}</td><td className="strong">{turn.people.map((person) => person.name).join(t('list.and'))}</td></tr>)}</tbody>
            </table>
          </Section>
          {can('configure') && <div className="row"><Popconfirm title={t('rotas.remove.ask')} okText={t('delete')} cancelText={t('cancel')} onConfirm={() => void change(() => remove(path)).then(onClose)}><Button danger>{t('delete')}</Button></Popconfirm></div>}
          {editing && <RotaForm rota={rota} onClose={() => { setEditing(false); }} />}
        </>
      )}
    </Side>
  );
}
