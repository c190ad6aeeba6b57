import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Form, Input, InputNumber, Modal, Select, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useAll } from '../../api/all';
import { post } from '../../api/client';
import { useWords } from '../../context/preferences';
import { useNodeOptions } from '../access/GrantFields';
import { roles } from '../access/roles';
import { useChange } from '../access/useChange';

const path = '/api/rotas';
interface Shift { name: string; time: [Dayjs, Dayjs]; people: string[] }
interface Values { name: string; party: string; region: string; role: string; start: Dayjs; days: number; shifts: Shift[] }

const at = (time: string) => dayjs(`2000-01-01T${time}:00`);

function ShiftFields({ index, people, onRemove }: { index: number; people: { value: string; label: string }[]; onRemove: () => void }) {
  const { t } = useWords();
  const required = [{ required: true, message: t('required') }];
  return (
    <div className="inset">
      <div className="form-grid">
        <Form.Item name={[index, 'name']} label={t('rotas.shift.name')} rules={required}><Input /></Form.Item>
        <Form.Item name={[index, 'time']} label={t('rotas.period')} rules={required}><TimePicker.RangePicker order={false} format="HH:mm" minuteStep={5} style={{ width: '100%' }} /></Form.Item>
      </div>
      <Form.Item name={[index, 'people']} label={t('rotas.people')} rules={required}><Select mode="multiple" optionFilterProp="label" options={people} /></Form.Item>
      <Button size="small" icon={<DeleteOutlined />} onClick={onRemove}>{t('delete')}</Button>
    </div>
  );
}

export function NewRota({ onClose }: { onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange(path);
  const parties = useNodeOptions('/api/parties');
  const regions = useNodeOptions('/api/regions');
  const [form] = Form.useForm<Values>();
  const party = Form.useWatch('party', form) ?? 'root';
  const people = (useAll<{ id: string; name: string }>('/api/assignees', { party }).data ?? []).map((person) => ({ value: person.id, label: person.name }));
  const required = [{ required: true, message: t('required') }];
  const submit = async (values: Values) => {
    const shifts = values.shifts.map((shift, index) => ({ id: `s${index + 1}`, name: shift.name, from: shift.time[0].format('HH:mm'), to: shift.time[1].format('HH:mm'), teams: shift.people.map((person) => [person]) }));
    if (await change(() => post(path, { ...values, start: values.start.format('YYYY-MM-DD'), shifts })) !== null) onClose();
  };
  return (
    <Modal open width={640} title={t('rotas.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('create')} cancelText={t('cancel')}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ party: 'root', region: 'root', role: 'operator', days: 1, start: dayjs(), shifts: [{ name: '', time: [at('08:00'), at('20:00')], people: [] }] }} data-testid="rota-form">
        <div className="form-grid">
          <Form.Item name="name" label={t('name')} rules={required}><Input /></Form.Item>
          <Form.Item name="role" label={t('role')} rules={required}><Select options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} /></Form.Item>
          <Form.Item name="party" label={t('party')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
          <Form.Item name="region" label={t('region')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={regions} /></Form.Item>
          <Form.Item name="start" label={t('rotas.start')} rules={required}><DatePicker style={{ width: '100%' }} allowClear={false} /></Form.Item>
          <Form.Item name="days" label={t('rotas.days')} rules={required}><InputNumber min={1} max={366} style={{ width: '100%' }} /></Form.Item>
        </div>
        <Form.List name="shifts">
          {(fields, { add, remove }) => (
            <div className="stack">
              {fields.map((field) => <ShiftFields key={field.key} index={field.name} people={people} onRemove={() => { remove(field.name); }} />)}
              <Button icon={<PlusOutlined />} onClick={() => { add({ name: '', time: [at('20:00'), at('08:00')], people: [] }); }}>{t('rotas.shift.add')}</Button>
            </div>
          )}
        </Form.List>
      </Form>
    </Modal>
  );
}
