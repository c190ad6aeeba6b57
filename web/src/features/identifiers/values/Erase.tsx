import { Form, Input, Modal } from 'antd';
import { post } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { handlePath } from './handle';

/** Erases a value out of every version, or all of an earlier version; asks for the reason. */
export function Erase({ handle, index, version, onClose }: { handle: string; index?: number; version?: number; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/identifier');
  const [form] = Form.useForm<{ reason: string }>();
  const submit = async ({ reason }: { reason: string }) => {
    if ((await change(() => post(`/api/identifier-erasures/${handlePath(handle)}`, { index, version, reason }).then(() => true), t('erase.done'))) !== null) onClose();
  };
  const title = index === undefined ? t('erase.version', { version: version ?? '' }) : t('erase.value', { index });
  return (
    <Modal open title={title} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('erase')} cancelText={t('cancel')} okButtonProps={{ danger: true, 'data-testid': 'erase-send' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)}>
        <p className="quiet">{t(index === undefined ? 'erase.version.help' : 'erase.help')}</p>
        <Form.Item name="reason" label={t('erase.reason')} rules={[{ required: true, whitespace: true, message: t('required') }]} style={{ marginTop: 12 }}><Input.TextArea autoFocus autoSize={{ minRows: 2, maxRows: 4 }} maxLength={200} data-testid="erase-reason" /></Form.Item>
      </Form>
    </Modal>
  );
}
