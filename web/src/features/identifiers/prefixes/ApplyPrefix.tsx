import { AutoComplete, Checkbox, Form, Input, Modal, Segmented, Select } from 'antd';
import { useAll } from '../../../api/all';
import type { Applicant, Prefix } from '../../../api/identifiers';
import { post } from '../../../api/client';
import type { Party } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { useSession } from '../../../context/session';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { isCreditCode, papers } from './prefix';

interface Values extends Partial<Record<keyof Applicant, string>> { how: 'next' | 'own'; below?: string; own?: string; party: string; direct?: boolean }

function Papers() {
  const { t } = useWords();
  const required = [{ required: true, whitespace: true, message: t('required') }];
  const optional = (name: string) => t('optional.of', { name });
  return (
    <>
      <Form.Item name="organisation" label={t('prefix.organisation')} rules={required}><Input maxLength={200} autoComplete="organization" /></Form.Item>
      <Form.Item name="creditCode" label={optional(t('prefix.creditCode'))} normalize={(text: string) => text.trim().toUpperCase()} validateTrigger="onBlur" rules={[{ validator: (_, code?: string) => (code === undefined || code === '' || isCreditCode(code) ? Promise.resolve() : Promise.reject(new Error(t('prefix.creditCode.bad')))) }]}><Input maxLength={18} className="mono" /></Form.Item>
      <Form.Item name="purpose" label={t('prefix.purpose')} rules={required}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} /></Form.Item>
      <div className="form-pair">
        <Form.Item name="contact" label={t('prefix.contact')} rules={required}><Input maxLength={200} autoComplete="name" /></Form.Item>
        <Form.Item name="phone" label={optional(t('prefix.phone'))}><Input maxLength={200} inputMode="tel" autoComplete="tel" /></Form.Item>
        <Form.Item name="email" label={optional(t('prefix.email'))}><Input maxLength={200} inputMode="email" autoComplete="email" /></Form.Item>
        <Form.Item name="industry" label={optional(t('prefix.industry'))}><Input maxLength={200} /></Form.Item>
      </div>
    </>
  );
}

/** Asks for a prefix; who may approve it himself can leave the papers out. */
export function ApplyPrefix({ onClose, onMade }: { onClose: () => void; onMade: (name: string) => void }) {
  const { t } = useWords();
  const { me, can } = useSession();
  const { party } = useScope();
  const { change, busy } = useChange('/api/prefixes');
  const [form] = Form.useForm<Values>();
  const [how, direct] = [Form.useWatch('how', form) ?? 'next', Form.useWatch('direct', form) ?? false];
  const all = useAll<Prefix>('/api/prefixes', { state: 'active' });
  const parties = useAll<Party>('/api/parties');
  const options = useNodeOptions('/api/parties');
  const submit = async (values: Values) => {
    const body = { ...(values.how === 'own' ? { prefix: values.own?.trim() } : { below: values.below?.trim() }), party: values.party, applicant: values.direct === true ? null : papers(values) };
    const made = await change(() => post<Prefix>('/api/prefixes', body), (done) => t(done.state === 'active' ? 'prefix.apply.given' : 'prefix.apply.done', { prefix: done.prefix }));
    if (made !== null) onMade(made.prefix);
  };
  const required = [{ required: true, message: t('required') }];
  // Without these the form would open on nothing chosen.
  if (all.data === undefined || parties.data === undefined) return null;
  const shortest = [...all.data].sort((a, b) => a.prefix.length - b.prefix.length)[0]?.prefix;
  return (
    <Modal open title={t('prefix.apply')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('prefix.apply.send')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'prefix-apply-send' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ how: shortest === undefined && can('administer') ? 'own' : 'next', below: shortest, party: party ?? me.party ?? parties.data[0]?.id, direct: false }} data-testid="prefix-form">
        <Form.Item name="how" label={t('prefix.apply.how')}><Segmented options={[{ value: 'next', label: t('prefix.apply.next') }, { value: 'own', label: <span data-testid="prefix-own">{t('prefix.apply.own')}</span> }]} /></Form.Item>
        {how === 'next'
          ? <Form.Item name="below" label={t('prefix.apply.below')} rules={required}><AutoComplete options={all.data.map((one) => ({ value: one.prefix }))} placeholder={t('prefix.apply.below.other')} /></Form.Item>
          : <Form.Item name="own" label={t('prefix')} rules={required}><Input className="mono" maxLength={64} placeholder={shortest === undefined ? '88.118' : `${shortest}.`} data-testid="prefix-own-name" /></Form.Item>}
        <Form.Item name="party" label={t('party')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={options} /></Form.Item>
        {can('administer') && <Form.Item name="direct" valuePropName="checked"><Checkbox data-testid="prefix-direct">{t('prefix.apply.direct')}</Checkbox></Form.Item>}
        {!direct && <Papers />}
      </Form>
    </Modal>
  );
}
