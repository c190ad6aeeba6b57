import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Modal, Select, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { request } from '../../../api/client';
import type { PlaceCalendar } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { daysIn, linesOf } from './dayList';
import { weekdays } from './days';

interface Values { days: string[]; hours: { time: [Dayjs, Dayjs] }[]; holidays: string; workdays: string; zone?: string; why: string }

const at = (time: string) => dayjs(`2000-01-01T${time.slice(0, 5)}:00`);
const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));

function Hours() {
  const { t } = useWords();
  return (
    <Form.List name="hours">
      {(fields, { add, remove }) => (
        <Form.Item label={t('calendars.hours')} required>
          <div className="stack tight">
            {fields.map((field) => (
              <div key={field.key} className="row">
                <Form.Item noStyle name={[field.name, 'time']} rules={[{ required: true, message: t('required') }]}><TimePicker.RangePicker order={false} format="HH:mm" minuteStep={5} allowClear={false} /></Form.Item>
                {fields.length > 1 && <Button icon={<DeleteOutlined />} aria-label={t('calendars.hours.remove')} title={t('calendars.hours.remove')} onClick={() => { remove(field.name); }} />}
              </div>
            ))}
            <div className="row"><Button size="small" icon={<PlusOutlined />} onClick={() => { add({ time: [at('13:00'), at('17:00')] }); }} data-testid="hours-add">{t('calendars.hours.add')}</Button></div>
          </div>
        </Form.Item>
      )}
    </Form.List>
  );
}

/** A list of days that can be pasted; what is no day is told. */
function Days({ name }: { name: 'holidays' | 'workdays' }) {
  const { t } = useWords();
  const text = Form.useWatch<string | undefined>(name) ?? '';
  const areDays = { validator: (_: unknown, value: string) => { const { bad } = daysIn(value); return bad.length === 0 ? Promise.resolve() : Promise.reject(new Error(t('calendars.days.bad', { text: bad.slice(0, 3).join('; ') }))); } };
  return <Form.Item name={name} label={t(`calendars.${name}`)} extra={t('calendars.days.count', { count: daysIn(text).days.length })} rules={[areDays]}><Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} placeholder={'2026-10-01 ~ 2026-10-07'} data-testid={`calendar-${name}`} /></Form.Item>;
}

/** Gives a party or thing a calendar of its own. */
export function OwnCalendarForm({ calendar, path, place, onClose }: { calendar: PlaceCalendar; path: string; place: string; onClose: () => void }) {
  const { t, label } = useWords();
  const [form] = Form.useForm<Values>();
  const { change, busy } = useChange('/api/calendars');
  const submit = async ({ days, hours, holidays, workdays, zone, why }: Values) => {
    const body = { days, hours: hours.map(({ time: [from, to] }) => ({ from: from.format('HH:mm'), to: to.format('HH:mm') })), holidays: daysIn(holidays).days, workdays: daysIn(workdays).days, zone: zone ?? null, why };
    if ((await change(() => request('PUT', path, { body, headers: { 'If-Match': `"${calendar.version}"` } }), t('calendars.saved'))) !== null) onClose();
  };
  const start: Partial<Values> = { days: calendar.days, hours: calendar.hours.map((one) => ({ time: [at(one.from), at(one.to)] })), holidays: linesOf(calendar.holidays), workdays: linesOf(calendar.workdays), zone: calendar.zone ?? undefined };
  return (
    <Modal open width={640} title={`${place} · ${label(calendar.name)}`} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'calendar-save' }}>
      <p className="quiet small" style={{ marginBlockEnd: 12 }}>{t('calendars.own.help')}</p>
      <Form form={form} layout="vertical" initialValues={start} onFinish={(values) => void submit(values)} data-testid="calendar-form">
        <Form.Item name="days" label={t('calendars.days')} rules={[{ required: true, type: 'array', min: 1, message: t('required') }]}><Checkbox.Group options={weekdays.map((day) => ({ value: day, label: t(`calendars.day.${day}`) }))} /></Form.Item>
        <Hours />
        <div className="form-grid"><Days name="holidays" /><Days name="workdays" /></div>
        <p className="quiet small" style={{ marginBlockEnd: 16 }}>{t('calendars.days.help')}</p>
        <Form.Item name="zone" label={t('calendars.zone')}><Select allowClear showSearch options={zones} placeholder={t('calendars.zone.party')} /></Form.Item>
        <Form.Item name="why" label={t('calendars.why')} rules={[{ required: true, whitespace: true, message: t('required') }]}><Input maxLength={500} data-testid="calendar-why" /></Form.Item>
      </Form>
    </Modal>
  );
}
