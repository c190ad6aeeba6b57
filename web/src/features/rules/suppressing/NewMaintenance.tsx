import { DatePicker, Form, Input, Modal, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useAll } from '../../../api/all';
import { post } from '../../../api/client';
import type { Party, Rule, Suppression } from '../../../api/types';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useZone } from '../../../context/zone';
import { moment } from '../../../format/times';
import { momentAt } from '../../../format/wallClock';
import { useOpen } from '../../../ui/open';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { useThings } from '../../directory/names';

interface Values { thing?: string; region?: string; rule?: string; from: Dayjs; to: Dayjs; why: string }
const shape = 'YYYY-MM-DDTHH:mm';
const lengths = [1, 4, 8, 24, 168] as const;
const mostDays = 31;

function Period({ onLength }: { onLength: (hours: number) => void }) {
  const { t } = useWords();
  const from = Form.useWatch<Dayjs | undefined>('from');
  const to = Form.useWatch<Dayjs | undefined>('to');
  const hours = from && to ? to.diff(from, 'minute') / 60 : 0;
  const required = [{ required: true, message: t('required') }];
  const picker = { format: 'YYYY-MM-DD HH:mm', showTime: { format: 'HH:mm' }, style: { width: '100%' }, allowClear: false };
  const inOrder = { validator: (_: unknown, value: Dayjs | undefined) => (value && from && (!value.isAfter(from) || value.diff(from, 'day', true) > mostDays) ? Promise.reject(new Error(t('held.to.order', { days: mostDays }))) : Promise.resolve()) };
  return (
    <>
      <div className="form-grid">
        <Form.Item name="from" label={t('held.from')} rules={required}><DatePicker {...picker} /></Form.Item>
        <Form.Item name="to" label={t('held.to')} dependencies={['from']} rules={[...required, inOrder]}><DatePicker {...picker} /></Form.Item>
      </div>
      <Form.Item><Segmented block value={lengths.find((one) => one === hours) ?? null} onChange={(value) => { if (value !== null) onLength(value); }} options={lengths.map((one) => ({ value: one, label: t(`held.length.${one}`) }))} aria-label={t('alarms.shelve.for')} /></Form.Item>
    </>
  );
}

/** Plans a time in which what is being worked on may say what it likes. Times are those of the place. */
export function NewMaintenance({ thing, onClose }: { thing?: string; onClose: () => void }) {
  const { t, label } = useWords();
  const zone = useZone();
  const { open } = useOpen();
  const { change, busy } = useChange('/api/suppressions');
  const [form] = Form.useForm<Values>();
  const things = useThings();
  const regions = useNodeOptions('/api/regions');
  const rules = useAll<Rule>('/api/rules');
  const now = dayjs(moment(useNow(), zone)).startOf('minute');
  const submit = async ({ thing: of, region, rule, from, to, why }: Values) => {
    const body = { kind: 'maintenance', thing: of, region, rule, from: momentAt(from.format(shape), zone), to: momentAt(to.format(shape), zone), why };
    const made = await change(() => post<Suppression>('/api/suppressions', body), t('held.created'));
    if (made !== null) { onClose(); open('held', made.id); }
  };
  // Without these it would open on nothing chosen, and at the time of another place.
  if (useAll<Party>('/api/parties').data === undefined || things.data === undefined) return null;
  const required = [{ required: true, whitespace: true, message: t('required') }];
  const anything = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({ validator: () => (['thing', 'region', 'rule'].some((name) => getFieldValue(name) !== undefined) ? Promise.resolve() : Promise.reject(new Error(t('held.about.required')))) });
  return (
    <Modal open width={640} title={t('held.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('held.create.do')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'maintenance-save' }}>
      <p className="quiet small">{t('held.create.help')}</p>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ thing, from: now, to: now.add(4, 'hour') }} data-testid="maintenance-form">
        <Form.Item name="thing" label={t('thing')} extra={t('held.thing.help')} dependencies={['region', 'rule']} rules={[anything]}><Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('held.any')} options={(things.data ?? []).map((one) => ({ value: one.id, label: one.name }))} data-testid="maintenance-thing" /></Form.Item>
        <div className="form-grid">
          <Form.Item name="region" label={t('region')}><Select allowClear showSearch={{ optionFilterProp: 'title' }} placeholder={t('held.any')} options={regions} /></Form.Item>
          <Form.Item name="rule" label={t('rules.rule')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('held.rules.all')} options={(rules.data ?? []).map((one) => ({ value: one.id, label: label(one.name) }))} /></Form.Item>
        </div>
        <Period onLength={(hours) => { form.setFieldValue('to', (form.getFieldValue('from') as Dayjs).add(hours, 'hour')); }} />
        <Form.Item name="why" label={t('held.why')} rules={required}><Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="maintenance-why" /></Form.Item>
      </Form>
    </Modal>
  );
}
