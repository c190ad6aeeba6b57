import { Form, Modal } from 'antd';
import type { IdentifierDetail } from '../../../api/identifiers';
import { request } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { allSent, draftOf } from './draft';
import { handlePath } from './handle';
import { ValuesForm, type ValuesFilled } from './ValuesForm';

/** Changes the values of an identifier; what somebody else changed meanwhile is not written over. */
export function EditIdentifier({ identifier, onClose }: { identifier: IdentifierDetail; onClose: () => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/identifier');
  const [form] = Form.useForm<ValuesFilled>();
  const submit = async () => {
    // All of it: what is kept as it came has no input of its own.
    const { template, values = [] } = form.getFieldsValue(true) as ValuesFilled;
    const body = { template: template ?? null, values: allSent(values) };
    const done = await change(() => request<IdentifierDetail>('PUT', `/api/identifiers/${handlePath(identifier.handle)}`, { body, headers: { 'If-Match': `"${identifier.version}"` } }));
    if (done !== null) onClose();
  };
  return (
    <Modal open title={t('identifier.edit.title', { handle: identifier.handle })} width={680} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'identifier-save' }}>
      <Form form={form} layout="vertical" onFinish={() => void submit()} initialValues={{ template: identifier.template, values: identifier.values.map(draftOf) }} data-testid="identifier-form">
        <ValuesForm form={form} />
      </Form>
    </Modal>
  );
}
