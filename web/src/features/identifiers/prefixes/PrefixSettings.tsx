import { Checkbox, Form, Input, InputNumber, Modal } from 'antd';
import type { Delegation, Prefix } from '../../../api/identifiers';
import { request, segment } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';

interface Values { quota: number | null; away: boolean; host?: string; port?: number; http?: string }

/** The port that IANA has registered for the Handle protocol. */
const registeredPort = 2641;

/** Most identifiers below a prefix, and whose node keeps them. */
export function PrefixSettings({ prefix, onClose }: { prefix: Prefix; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/prefixes');
  const [form] = Form.useForm<Values>();
  const away = Form.useWatch('away', form) ?? prefix.delegation !== null;
  const submit = async (values: Values) => {
    const delegation: Delegation | null = values.away ? { host: values.host?.trim() ?? '', port: values.port ?? registeredPort, http: values.http?.trim() || null } : null;
    const done = await change(() => request('PUT', `/api/prefixes/${segment(prefix.prefix)}`, { body: { quota: values.quota ?? null, delegation }, headers: { 'If-Match': `"${prefix.version}"` } }).then(() => true));
    if (done !== null) onClose();
  };
  const required = [{ required: true, message: t('required') }];
  return (
    <Modal open title={`${prefix.prefix} · ${t('prefix.settings')}`} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'prefix-settings-save' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} initialValues={{ quota: prefix.quota, away: prefix.delegation !== null, host: prefix.delegation?.host, port: prefix.delegation?.port ?? registeredPort, http: prefix.delegation?.http ?? undefined }}>
        <Form.Item name="quota" label={t('prefix.quota.input')}><InputNumber min={0} precision={0} style={{ width: 200 }} data-testid="prefix-quota" /></Form.Item>
        <Form.Item name="away" valuePropName="checked"><Checkbox>{t('prefix.delegation.on')}</Checkbox></Form.Item>
        {away && (
          <>
            <Form.Item name="host" label={t('prefix.delegation.host')} rules={required}><Input maxLength={253} /></Form.Item>
            <Form.Item name="port" label={t('prefix.delegation.port')} rules={required}><InputNumber min={1} max={65_535} precision={0} /></Form.Item>
            <Form.Item name="http" label={t('optional.of', { name: t('prefix.delegation.http') })}><Input maxLength={500} placeholder="https://" /></Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
