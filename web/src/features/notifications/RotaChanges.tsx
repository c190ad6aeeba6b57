import { Button, DatePicker, Form, Popconfirm, Select } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { post, remove } from '../../api/client';
import { useRows } from '../../api/hooks';
import type { RotaChange, Turn } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useZone } from '../../context/zone';
import { moment } from '../../format/times';
import { momentAt } from '../../format/wallClock';
import { Section } from '../../ui/side';
import { At } from '../../ui/time';
import { useChange } from '../access/useChange';
import { useSession } from '../../context/session';

interface Option { value: string; label: string }
interface ChangeValues { from: Dayjs; to: Dayjs; person: string; instead?: string }
const shape = 'YYYY-MM-DDTHH:mm';

/** Somebody stands in for another, or for everybody, for a time. */
function StandIn({ path, people, onClose }: { path: string; people: Option[]; onClose: () => void }) {
  const { t } = useWords();
  const zone = useZone();
  const { change, busy } = useChange('/api/');
  const required = [{ required: true, message: t('required') }];
  const picker = { showTime: { format: 'HH:mm', minuteStep: 5 } as const, format: 'YYYY-MM-DD HH:mm', style: { width: '100%' } };
  const submit = async ({ from, to, person, instead }: ChangeValues) => {
    const body = { from: momentAt(from.format(shape), zone), to: momentAt(to.format(shape), zone), person, instead: instead ?? null };
    if (await change(() => post(`${path}/changes`, body)) !== null) onClose();
  };
  const inOrder = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({ validator: (_: unknown, value: Dayjs | undefined) => { const from = getFieldValue('from') as Dayjs | undefined; return value && from && !value.isAfter(from) ? Promise.reject(new Error(t('rotas.to.order'))) : Promise.resolve(); } });
  return (
    <Form layout="vertical" className="inset" onFinish={(values: ChangeValues) => void submit(values)} data-testid="rota-change-form">
      <Form.Item name="person" label={t('rotas.change.person')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={people} /></Form.Item>
      <Form.Item name="instead" label={t('rotas.change.instead')}><Select allowClear placeholder={t('rotas.change.everybody')} options={people} /></Form.Item>
      <div className="form-grid">
        <Form.Item name="from" label={t('held.from')} rules={required}><DatePicker {...picker} /></Form.Item>
        <Form.Item name="to" label={t('held.to')} dependencies={['from']} rules={[...required, inOrder]}><DatePicker {...picker} /></Form.Item>
      </div>
      <div className="row"><Button type="primary" htmlType="submit" loading={busy}>{t('save')}</Button><Button onClick={onClose}>{t('cancel')}</Button></div>
    </Form>
  );
}

/** Two people take each other's turns. */
function Swap({ path, turns, onClose }: { path: string; turns: Turn[]; onClose: () => void }) {
  const { t } = useWords();
  const zone = useZone();
  const { change, busy } = useChange('/api/');
  const required = [{ required: true, message: t('required') }];
  const options = turns.flatMap((turn) => turn.people.map((person) => ({ value: `${turn.from} ${person.id}`, label: `${moment(turn.from, zone, 'minute')} ${turn.shiftName} · ${person.name}` })));
  const side = (value: string) => { const [at, person] = value.split(/ (.*)/s); return { person, at }; };
  const submit = async ({ first, second }: { first: string; second: string }) => {
    if (await change(() => post(`${path}/swaps`, { first: side(first), second: side(second) })) !== null) onClose();
  };
  return (
    <Form layout="vertical" className="inset" onFinish={(values: { first: string; second: string }) => void submit(values)} data-testid="rota-swap-form">
      <Form.Item name="first" label={t('rotas.swap.first')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={options} /></Form.Item>
      <Form.Item name="second" label={t('rotas.swap.second')} rules={required}><Select showSearch={{ optionFilterProp: 'label' }} options={options} /></Form.Item>
      <div className="row"><Button type="primary" htmlType="submit" loading={busy} data-testid="rota-swap-save">{t('rotas.swap')}</Button><Button onClick={onClose}>{t('cancel')}</Button></div>
    </Form>
  );
}

/** What was changed in a rota, and the ways to change it. */
export function RotaChanges({ path, people, turns }: { path: string; people: Option[]; turns: Turn[] }) {
  const { t } = useWords();
  const { can } = useSession();
  const [form, setForm] = useState<'change' | 'swap' | null>(null);
  const { change } = useChange('/api/');
  const changes = useRows<RotaChange>(`${path}/changes`);
  const name = (person: string | null) => people.find((one) => one.value === person)?.label ?? person ?? t('rotas.change.everybody');
  const close = () => { setForm(null); };
  const ways = form === null && can('operate') && <><button type="button" className="link" onClick={() => { setForm('change'); }} data-testid="rota-change">{t('rotas.change.add')}</button><button type="button" className="link" onClick={() => { setForm('swap'); }} data-testid="rota-swap">{t('rotas.swap')}</button></>;
  return (
    <Section title={t('rotas.changes')} tools={ways}>
      {form === 'change' && <StandIn path={path} people={people} onClose={close} />}
      {form === 'swap' && <Swap path={path} turns={turns} onClose={close} />}
      {changes.items.length === 0 && form === null && <p className="quiet">{t('none')}</p>}
      {changes.items.map((item) => (
        <div key={item.id} className="row" data-testid="rota-changed">
          <span className="grow">{t('rotas.change.line', { person: name(item.person), instead: name(item.instead) })} <span className="quiet"><At at={item.from} shape="minute" /> – <At at={item.to} shape="minute" /></span></span>
          {can('configure') && <Popconfirm title={t('rotas.change.undo.ask')} okText={t('rotas.change.undo')} cancelText={t('cancel')} onConfirm={() => void change(() => remove(`${path}/changes/${item.id}`))}><Button size="small">{t('rotas.change.undo')}</Button></Popconfirm>}
        </div>
      ))}
    </Section>
  );
}
