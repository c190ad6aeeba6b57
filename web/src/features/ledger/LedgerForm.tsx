import { Form, Input, Modal } from 'antd';
import { request, segment } from '../../api/client';
import { useWords } from '../../context/preferences';
import { useChange } from '../access/useChange';

interface Values { name: string; url?: string; origin?: string; key: string }

/** Adds a witness of this ledger, or a ledger that this server is to witness. */
export function LedgerForm({ kind, onClose }: { kind: 'witnesses' | 'logs'; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/ledger');
  const [form] = Form.useForm<Values>();
  const submit = async ({ name, ...body }: Values) => {
    if ((await change(() => request('PUT', `/api/ledger/${kind}/${segment(name.trim())}`, { body }).then(() => true))) !== null) onClose();
  };
  const needed = [{ required: true, whitespace: true, message: t('required') }];
  const isWitness = kind === 'witnesses';
  return (
    <Modal open title={t(isWitness ? 'ledger.witness.add' : 'ledger.log.add')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'ledger-form-save' }}>
      <Form form={form} layout="vertical" onFinish={(values) => void submit(values)} data-testid="ledger-form">
        <Form.Item name="name" label={t('ledger.name')} rules={needed}><Input maxLength={128} autoFocus data-testid="ledger-form-name" /></Form.Item>
        {isWitness && <Form.Item name="url" label={t('ledger.witness.url')} extra={t('ledger.witness.url.help')} rules={needed}><Input className="mono" maxLength={2048} data-testid="ledger-form-url" /></Form.Item>}
        <Form.Item name="key" label={t(isWitness ? 'ledger.witness.key' : 'ledger.log.key')} rules={needed}><Input.TextArea className="mono" autoSize={{ minRows: 2, maxRows: 6 }} data-testid="ledger-form-key" /></Form.Item>
        {!isWitness && <Form.Item name="origin" label={t('ledger.log.origin')}><Input className="mono" maxLength={200} /></Form.Item>}
      </Form>
    </Modal>
  );
}
