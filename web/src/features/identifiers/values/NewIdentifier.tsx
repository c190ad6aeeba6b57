import { Form, Input, Modal } from 'antd';
import type { RegistrationReport } from '../../../api/identifiers';
import { Problem } from '../../../api/problem';
import { request } from '../../../api/client';
import { useWords } from '../../../context/preferences';
import { useChange } from '../../access/useChange';
import { allSent, newDraft } from './draft';
import { ValuesForm, type ValuesFilled } from './ValuesForm';

/** Registers one that is not there yet: what is there already is never overwritten from here. */
export function NewIdentifier({ prefix, onClose, onMade }: { prefix: string; onClose: () => void; onMade: (handle: string) => void }) {
  const { t } = useWords();
  const { change, busy } = useChange('/api/identifiers');
  const [form] = Form.useForm<ValuesFilled>();
  const submit = async () => {
    const { suffix = '', template, values = [] } = form.getFieldsValue(true) as ValuesFilled;
    const handle = `${prefix}/${suffix}`;
    const body = { handle, template: template ?? null, values: allSent(values) };
    const made = await change(async () => {
      const report = await request<RegistrationReport>('POST', '/api/identifiers/batch', { query: { mode: 'create' }, file: new Blob([JSON.stringify(body)]), headers: { 'Content-Type': 'application/x-ndjson' } });
      const [fault] = report.rows;
      if (fault !== undefined) throw new Problem(400, fault.code ?? '', '', fault.detail, null, null);
      return true;
    });
    if (made !== null) onMade(handle);
  };
  return (
    <Modal open title={t('identifier.new')} width={680} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('create')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'identifier-save' }}>
      <Form form={form} layout="vertical" onFinish={() => void submit()} initialValues={{ values: [newDraft([], 'URL')] }} data-testid="identifier-form">
        <Form.Item name="suffix" label={t('identifier.suffix')} rules={[{ required: true, message: t('required') }]}><Input prefix={<span className="faint mono">{prefix}/</span>} className="mono" maxLength={480} autoFocus data-testid="identifier-suffix" /></Form.Item>
        <ValuesForm form={form} />
      </Form>
    </Modal>
  );
}
