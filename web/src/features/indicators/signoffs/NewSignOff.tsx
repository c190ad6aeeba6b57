import { DatePicker, Form, Input, Modal, Segmented, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useAll } from '../../../api/all';
import { post } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import type { Indicator, Party, SignOff } from '../../../api/types';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { useZone } from '../../../context/zone';
import { moment } from '../../../format/times';
import { useOpen } from '../../../ui/open';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { dayAfter, lastPeriod, type Usual } from './period';

interface Values { party: string; indicator?: string; first: Dayjs; last: Dayjs; note?: string }
export interface Proposed { party?: string; indicator?: string; first?: string; last?: string }

const usual: Usual[] = ['day', 'week', 'month'];
const shape = 'YYYY-MM-DD';

function Period({ today }: { today: string }) {
  const { t } = useWords();
  const form = Form.useFormInstance<Values>();
  const first = Form.useWatch<Dayjs | undefined>('first', form);
  const last = Form.useWatch<Dayjs | undefined>('last', form);
  const chosen = usual.find((kind) => { const one = lastPeriod(kind, today); return first?.format(shape) === one.first && last?.format(shape) === one.last; });
  const choose = (kind: Usual | null) => { if (kind !== null) { const one = lastPeriod(kind, today); form.setFieldsValue({ first: dayjs(one.first), last: dayjs(one.last) }); } };
  const required = { required: true, message: t('required') };
  const inOrder = { validator: (_: unknown, value: Dayjs | undefined) => (value && first && value.isBefore(first, 'day') ? Promise.reject(new Error(t('signoffs.last.order'))) : Promise.resolve()) };
  const over = { validator: (_: unknown, value: Dayjs | undefined) => (value && value.format(shape) >= today ? Promise.reject(new Error(t('problem.period-not-over'))) : Promise.resolve()) };
  return (
    <>
      <Form.Item label={t('signoffs.period')}><Segmented block value={chosen ?? null} onChange={choose} options={usual.map((kind) => ({ value: kind, label: t(`signoffs.last.${kind}`) }))} /></Form.Item>
      <div className="form-grid">
        <Form.Item name="first" label={t('signoffs.first')} rules={[required]}><DatePicker allowClear={false} style={{ width: '100%' }} /></Form.Item>
        <Form.Item name="last" label={t('signoffs.last')} dependencies={['first']} rules={[required, inOrder, over]}><DatePicker allowClear={false} style={{ width: '100%' }} /></Form.Item>
      </div>
    </>
  );
}

/** Signs the figures of a period off. */
export function NewSignOff({ proposed = {}, onClose }: { proposed?: Proposed; onClose: () => void }) {
  const { t, label } = useWords();
  const { open } = useOpen();
  const scope = useScope();
  const { change, busy } = useChange('/api/indicators');
  const [form] = Form.useForm<Values>();
  const parties = useNodeOptions('/api/parties');
  const known = useRows<Indicator>('/api/indicators', {}, { limit: 1000 });
  const today = moment(useNow(), useZone()).slice(0, 10);
  const month = lastPeriod('month', today);
  const loaded = useAll<Party>('/api/parties').data !== undefined;
  const submit = async ({ party, indicator, first, last, note }: Values) => {
    const body = { party, indicator, from: first.format(shape), to: dayAfter(last.format(shape)), note };
    const made = await change(() => post<SignOff>('/api/indicators/sign-offs', body), t('signoffs.made'));
    if (made !== null) { onClose(); open('signoff', String(made.id)); }
  };
  // The day of today, and the first party, are those of the parties.
  if (!loaded) return null;
  const names = [...new Map(known.items.map((item) => [item.indicator, label(item.name)]))].map(([value, text]) => ({ value, label: text }));
  const initial = { party: proposed.party ?? scope.party ?? parties[0]?.value, indicator: proposed.indicator, first: dayjs(proposed.first ?? month.first), last: dayjs(proposed.last ?? month.last) };
  return (
    <Modal open width={560} title={t('signoffs.create')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('signoffs.create.do')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'signoff-save' }}>
      <p className="quiet small">{t('signoffs.create.help')}</p>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={initial} data-testid="signoff-form">
        <Period today={today} />
        <div className="form-grid">
          <Form.Item name="party" label={t('party')} extra={t('signoffs.party.help')} rules={[{ required: true, message: t('required') }]}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
          <Form.Item name="indicator" label={t('indicators.indicator')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('signoffs.indicators.all')} options={names} /></Form.Item>
        </div>
        <Form.Item name="note" label={t('optional.of', { name: t('signoffs.note') })}><Input.TextArea maxLength={2000} autoSize={{ minRows: 2, maxRows: 6 }} data-testid="signoff-note" /></Form.Item>
      </Form>
    </Modal>
  );
}
