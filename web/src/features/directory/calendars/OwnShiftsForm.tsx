import { Checkbox, DatePicker, Form, Input, Modal, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { request } from '../../../api/client';
import type { PlaceShifts } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';

interface Values { from: Dayjs; back: boolean; shifts: { id: string; on: boolean; time: [Dayjs, Dayjs] }[]; why: string }

const at = (time: string) => dayjs(`2000-01-01T${time.slice(0, 5)}:00`);

/** Gives a party or thing other shifts from a day on, or takes its own back from then on. */
export function OwnShiftsForm({ shifts, path, place, onClose }: { shifts: PlaceShifts; path: string; place: string; onClose: () => void }) {
  const { t, label } = useWords();
  const [form] = Form.useForm<Values>();
  const { change, busy } = useChange('/api/shifts');
  const back = Form.useWatch('back', form) ?? false;
  const tomorrow = dayjs(shifts.today).add(1, 'day');
  const submit = async ({ from, why }: Values) => {
    const all = (form.getFieldValue('shifts') as Values['shifts']).filter((one) => one.on);
    const body = { from: from.format('YYYY-MM-DD'), shifts: back ? null : all.map(({ id, time: [begin, end] }) => ({ id, from: begin.format('HH:mm'), to: end.format('HH:mm') })), why };
    if ((await change(() => request('PUT', path, { body, headers: { 'If-Match': `"${shifts.version}"` } }), t('calendars.shifts.saved'))) !== null) onClose();
  };
  const start: Values = {
    from: tomorrow, back: false, why: '',
    shifts: shifts.declared.map((one) => { const now = shifts.shifts.find((each) => each.id === one.id); return { id: one.id, on: now !== undefined, time: [at((now ?? one).from), at((now ?? one).to)] }; }),
  };
  return (
    <Modal open title={`${place} · ${t('calendars.shifts')}`} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'shifts-save' }}>
      <p className="quiet small" style={{ marginBlockEnd: 12 }}>{t('calendars.shifts.own.help')}</p>
      <Form form={form} layout="vertical" initialValues={start} onFinish={(values) => void submit(values)} data-testid="shifts-form">
        <Form.Item name="from" label={t('calendars.shifts.from')} rules={[{ required: true, message: t('required') }]}><DatePicker allowClear={false} minDate={tomorrow} style={{ width: '100%' }} /></Form.Item>
        {shifts.changes.length > 0 && <Form.Item name="back" valuePropName="checked"><Checkbox data-testid="shifts-back">{t('calendars.shifts.back')}</Checkbox></Form.Item>}
        {!back && (
          <Form.List name="shifts">
            {(fields) => (
              <div className="stack tight" style={{ marginBottom: 16 }}>
                {fields.map((field, index) => (
                  <div key={field.key} className="row">
                    <Form.Item noStyle name={[field.name, 'on']} valuePropName="checked"><Checkbox style={{ minWidth: 120 }}>{label(shifts.declared[index]?.name)}</Checkbox></Form.Item>
                    <Form.Item noStyle name={[field.name, 'time']}><TimePicker.RangePicker order={false} format="HH:mm" minuteStep={5} allowClear={false} /></Form.Item>
                  </div>
                ))}
              </div>
            )}
          </Form.List>
        )}
        <Form.Item name="why" label={t('calendars.why')} rules={[{ required: true, whitespace: true, message: t('required') }]}><Input maxLength={500} data-testid="shifts-why" /></Form.Item>
      </Form>
    </Modal>
  );
}
