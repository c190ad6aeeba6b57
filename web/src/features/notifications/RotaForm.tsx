import { PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, InputNumber, Modal, Select } from 'antd';
import dayjs from 'dayjs';
import { useAll } from '../../api/all';
import { post, request, segment } from '../../api/client';
import type { Rota } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useScope } from '../../context/scope';
import { useSession } from '../../context/session';
import { useNodeOptions } from '../access/GrantFields';
import { roles } from '../access/roles';
import { useChange } from '../access/useChange';
import { usualNode } from '../access/usual';
import { at, bodyOf, valuesOf, type RotaValues } from './rotaValues';
import { ShiftFields } from './ShiftFields';

const path = '/api/rotas';
const fresh = (party?: string, region?: string): Partial<RotaValues> => ({ name: '', party, region, role: 'operator', days: 1, start: dayjs(), shifts: [{ name: '', time: [at('08:00'), at('20:00')], teams: [[]] }] });

/** A rota, new or changed. */
export function RotaForm({ rota, onClose }: { rota?: Rota; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const parties = useNodeOptions('/api/parties');
  const regions = useNodeOptions('/api/regions');
  const [form] = Form.useForm<RotaValues>();
  const scope = useScope();
  const { me } = useSession();
  const usual = usualNode(parties, scope.party, me.party, 'root');
  const party = Form.useWatch('party', form) ?? rota?.party ?? usual;
  const people = (useAll<{ id: string; name: string }>('/api/assignees', { party }, party !== undefined).data ?? []).map((person) => ({ value: person.id, label: person.name }));
  const required = [{ required: true, whitespace: true, message: t('required') }];
  const chosen = [{ required: true, message: t('required') }];
  const submit = async (values: RotaValues) => {
    const body = bodyOf({ ...values, shifts: form.getFieldValue('shifts') as RotaValues['shifts'] });
    const done = await change(() => (rota === undefined ? post<Rota>(path, body) : request<Rota>('PUT', `${path}/${segment(rota.id)}`, { body, headers: { 'If-Match': `"${rota.version}"` } })));
    if (done !== null) onClose();
  };
  // Without these the form would open on nothing chosen.
  if (parties.length === 0 || regions.length === 0) return null;
  return (
    <Modal open width={640} title={rota?.name ?? t('rotas.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t(rota === undefined ? 'create' : 'save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'rota-save' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={rota === undefined ? fresh(usual, usualNode(regions, scope.region, 'root')) : valuesOf(rota)} data-testid="rota-form">
        <div className="form-grid">
          <Form.Item name="name" label={t('name')} rules={required}><Input /></Form.Item>
          <Form.Item name="role" label={t('role')} rules={chosen}><Select options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} /></Form.Item>
          <Form.Item name="party" label={t('party')} rules={chosen}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
          <Form.Item name="region" label={t('region')} rules={chosen}><Select showSearch={{ optionFilterProp: 'title' }} options={regions} /></Form.Item>
          <Form.Item name="start" label={t('rotas.start')} rules={chosen}><DatePicker style={{ width: '100%' }} allowClear={false} /></Form.Item>
          <Form.Item name="days" label={t('rotas.days')} rules={chosen}><InputNumber min={1} max={366} suffix={t('rotas.days.unit')} style={{ width: '100%' }} /></Form.Item>
        </div>
        <Form.List name="shifts">
          {(fields, { add, remove }) => (
            <div className="stack">
              {fields.map((field) => <ShiftFields key={field.key} index={field.name} people={people} onRemove={fields.length > 1 ? () => { remove(field.name); } : undefined} />)}
              <div className="row"><Button icon={<PlusOutlined />} onClick={() => { add({ name: '', time: [at('20:00'), at('08:00')], teams: [[]] }); }} data-testid="shift-add">{t('rotas.shift.add')}</Button></div>
            </div>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}
