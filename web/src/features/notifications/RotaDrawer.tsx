import { Button, DatePicker, Form, Popconfirm, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useAll } from '../../api/all';
import { post, remove, segment } from '../../api/client';
import { useOne, useRows } from '../../api/hooks';
import type { Rota, RotaChange, Turn } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useSession } from '../../context/session';
import { ProblemView } from '../../ui/problem';
import { Facts, Section, Side } from '../../ui/side';
import { At } from '../../ui/time';
import { useChange } from '../access/useChange';
import { usePartyName, useRegionName } from '../directory/names';

interface Values { period: [Dayjs, Dayjs]; person: string; instead?: string }

function NewChange({ path, people, onClose }: { path: string; people: { value: string; label: string }[]; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/rotas');
  const required = [{ required: true, message: t('required') }];
  const submit = async ({ period, person, instead }: Values) => {
    if (await change(() => post(`${path}/changes`, { from: period[0].toISOString(), to: period[1].toISOString(), person, instead: instead ?? null })) !== null) onClose();
  };
  return (
    <Form layout="vertical" className="inset" onFinish={(values: Values) => void submit(values)} data-testid="rota-change-form">
      <Form.Item name="period" label={t('rotas.period')} rules={required}><DatePicker.RangePicker showTime={{ format: 'HH:mm', minuteStep: 5 }} format="YYYY-MM-DD HH:mm" style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="person" label={t('rotas.change.person')} rules={required}><Select optionFilterProp="label" showSearch options={people} /></Form.Item>
      <Form.Item name="instead" label={t('rotas.change.instead')}><Select allowClear placeholder={t('rotas.change.everybody')} options={people} /></Form.Item>
      <div className="row"><Button type="primary" htmlType="submit" loading={busy}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></div>
    </Form>
  );
}

export function RotaDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { can } = useSession();
  const party = usePartyName();
  const region = useRegionName();
  const { change } = useChange('/api/rotas');
  const [changing, setChanging] = useState(false);
  const path = `/api/rotas/${segment(id)}`;
  const one = useOne<Rota>(path);
  const turns = useRows<Turn>(`${path}/turns`);
  const changes = useRows<RotaChange>(`${path}/changes`);
  const rota = one.data;
  const people = (useAll<{ id: string; name: string }>('/api/assignees', { party: rota?.party ?? 'root' }).data ?? []).map((person) => ({ value: person.id, label: person.name }));
  const name = (person: string | null) => people.find((one) => one.value === person)?.label ?? person ?? t('rotas.change.everybody');
  return (
    <Side onClose={onClose} title={rota?.name ?? ''} testId="rota-drawer">
      {one.error !== null && <ProblemView error={one.error} retry={() => void one.refetch()} />}
      {rota !== undefined && (
        <>
          <Facts rows={[[t('party'), party(rota.party)], [t('region'), region(rota.region)], [t('notify.zone'), rota.zone], [t('rotas.start'), rota.start], [t('rotas.days'), rota.days]]} />
          <Section title={t('rotas.changes')} tools={!changing && can('operate') && <button type="button" className="link" onClick={() => { setChanging(true); }} data-testid="rota-change">{t('rotas.change.add')}</button>}>
            {changing && <NewChange path={path} people={people} onClose={() => { setChanging(false); }} />}
            {changes.items.length === 0 && !changing && <p className="quiet">{t('none')}</p>}
            {changes.items.map((item) => <div key={item.id} className="row"><span className="grow">{t('rotas.change.line', { person: name(item.person), instead: name(item.instead) })} <span className="quiet"><At at={item.from} shape="minute" /> – <At at={item.to} shape="minute" /></span></span>{can('configure') && <Button size="small" onClick={() => void change(() => remove(`${path}/changes/${item.id}`))}>{t('rotas.change.undo')}</Button>}</div>)}
          </Section>
          <Section title={t('rotas.turns')}>
            <table className="plain-table" data-testid="rota-turns">
              <tbody>{turns.items.map((turn) => <tr key={`${turn.shift}/${turn.from}`}><td><At at={turn.from} shape="minute" /> – <At at={turn.to} shape="minute" /></td><td>{turn.shiftName}</td><td className="strong">{turn.people.map((person) => person.name).join('、')}</td></tr>)}</tbody>
            </table>
          </Section>
          {can('configure') && <div className="row"><Popconfirm title={t('rotas.remove.ask')} okText={t('delete')} cancelText={t('cancel')} onConfirm={() => void change(() => remove(path)).then(onClose)}><Button danger>{t('delete')}</Button></Popconfirm></div>}
        </>
      )}
    </Side>
  );
}
