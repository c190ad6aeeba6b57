import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { App, Button, Checkbox, Form, Input, Select, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { post, request } from '../../api/client';
import { useOne } from '../../api/hooks';
import type { NotificationSettings, Subscription, TestAnswer } from '../../api/types';
import { useWords } from '../../context/preferences';
import { Panel } from '../../ui/page';
import { ProblemView } from '../../ui/problem';
import { Waiting } from '../../ui/waiting';
import { useNodeOptions } from '../access/GrantFields';
import { useChange } from '../access/useChange';
import { InterestFields } from './InterestFields';

const path = '/api/me/notification-settings';
const clock = 'HH:mm';
const zones = ['Asia/Shanghai', 'Asia/Urumqi', 'Asia/Tokyo', 'Europe/Berlin', 'Europe/London', 'America/New_York', 'UTC'];
const blank: Subscription = { interest: { kinds: [], severities: [], types: [] }, party: null, region: null, concern: 'all', mail: false };

interface Values { mail?: string; language: 'zh' | 'en'; zone: string; quiet?: [Dayjs, Dayjs] | null; subscriptions?: Subscription[] }

const valuesOf = (held: NotificationSettings): Values => ({ mail: held.mail ?? '', language: held.language, zone: held.zone ?? '', quiet: held.quiet === null ? null : [dayjs(`2000-01-01T${held.quiet.from}`), dayjs(`2000-01-01T${held.quiet.to}`)], subscriptions: held.subscriptions });

function SubscriptionFields({ at, onRemove }: { at: number; onRemove: () => void }) {
  const { t } = useWords();
  const parties = useNodeOptions('/api/parties');
  const regions = useNodeOptions('/api/regions');
  return (
    <div className="inset" data-testid="subscription">
      <div className="form-grid">
        <Form.Item name={[at, 'concern']} label={t('notify.concern')}><Select options={(['mine', 'duty', 'all'] as const).map((concern) => ({ value: concern, label: t(`notify.concern.${concern}`) }))} /></Form.Item>
        <InterestFields name={[at, 'interest']} />
        <Form.Item name={[at, 'party']} label={t('party')}><Select allowClear placeholder={t('notify.any')} showSearch={{ optionFilterProp: 'title' }} options={parties} /></Form.Item>
        <Form.Item name={[at, 'region']} label={t('region')}><Select allowClear placeholder={t('notify.any')} showSearch={{ optionFilterProp: 'title' }} options={regions} /></Form.Item>
      </div>
      <div className="row"><Form.Item name={[at, 'mail']} valuePropName="checked" noStyle><Checkbox>{t('notify.by.mail')}</Checkbox></Form.Item><span className="grow" /><Button size="small" icon={<DeleteOutlined />} onClick={onRemove} aria-label={t('delete')}>{t('delete')}</Button></div>
    </div>
  );
}

function SettingsForm({ held }: { held: NotificationSettings }) {
  const { t } = useWords();
  const { message } = App.useApp();
  const { change, busy } = useChange(path);
  const [form] = Form.useForm<Values>();
  const save = (values: Values) => {
    const quiet = values.quiet ? { from: values.quiet[0].format(clock), to: values.quiet[1].format(clock) } : null;
    const subscriptions = (values.subscriptions ?? []).map((one) => ({ ...one, party: one.party ?? null, region: one.region ?? null }));
    void change(() => request('PUT', path, { body: { ...values, quiet, subscriptions } }));
  };
  const test = () => { void change(() => post<TestAnswer>(`${path}/test`), '…').then((answer) => { if (answer !== null) void (answer.delivered ? message.success(t('notify.test.done')) : message.error(answer.error)); }); };
  return (
    <Form form={form} layout="vertical" initialValues={valuesOf(held)} onFinish={save} data-testid="settings-form">
      <div className="stack">
        <Panel title={t('notify.mail')}>
          {!held.mailOn && <p className="quiet">{t('notify.mail.off')}</p>}
          <div className="form-grid">
            <Form.Item name="mail" label={t('notify.mail')}><Input type="email" allowClear /></Form.Item>
            <Form.Item name="language" label={t('notify.language')}><Select options={[{ value: 'zh', label: '中文' }, { value: 'en', label: 'English' }]} /></Form.Item>
            <Form.Item name="zone" label={t('notify.zone')}><Select showSearch options={[{ value: '', label: t('notify.zone.party', { zone: held.effectiveZone }) }, ...zones.map((zone) => ({ value: zone, label: zone }))]} /></Form.Item>
            <Form.Item name="quiet" label={t('notify.quiet')} extra={t('notify.quiet.help')}><TimePicker.RangePicker order={false} format={clock} minuteStep={5} style={{ width: '100%' }} placeholder={[t('notify.quiet.from'), t('notify.quiet.to')]} /></Form.Item>
          </div>
          {held.mailOn && held.mail !== null && <Button onClick={test} disabled={busy} data-testid="settings-test">{t('notify.test')}</Button>}
        </Panel>
        <Panel title={t('notify.subscriptions')}>
          <p className="quiet">{t('notify.subscriptions.help')}</p>
          <Form.List name="subscriptions">
            {(fields, { add, remove }) => (
              <div className="stack">
                {fields.map((field) => <SubscriptionFields key={field.key} at={field.name} onRemove={() => { remove(field.name); }} />)}
                <div className="row"><Button icon={<PlusOutlined />} onClick={() => { add(blank); }} data-testid="subscription-add">{t('notify.subscription.add')}</Button></div>
              </div>
            )}
          </Form.List>
        </Panel>
        <div className="row"><Button type="primary" htmlType="submit" loading={busy} data-testid="settings-save">{t('save')}</Button></div>
      </div>
    </Form>
  );
}

/** How the user wants to be told. */
export function Settings() {
  const held = useOne<NotificationSettings>(path, {}, { stale: Infinity });
  if (held.error !== null && held.data === undefined) return <ProblemView error={held.error} retry={() => void held.refetch()} />;
  return held.data === undefined ? <Waiting /> : <SettingsForm held={held.data} />;
}
