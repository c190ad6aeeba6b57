import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Modal, Select } from 'antd';
import type { FieldFormat, Template, TemplateField } from '../../../api/identifiers';
import { request, segment } from '../../../api/client';
import type { Label } from '../../../api/types';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { useSession } from '../../../context/session';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';

interface Values { id: string; party: string; name: Label; fields: TemplateField[] }

const formats: FieldFormat[] = ['text', 'number', 'date', 'url', 'identifier'];
const empty: TemplateField = { type: '', name: { zh: '', en: '' }, format: 'text', unit: null, required: true, pattern: null };

const asSent = (field: TemplateField): TemplateField => ({ ...field, type: field.type.trim(), unit: field.unit?.trim() || null, pattern: field.pattern?.trim() || null });

/** Fields as a table: a row for each value that the identifiers of the class have. */
function Fields({ readOnly }: { readOnly: boolean }) {
  const { t } = useWords();
  const needed = [{ required: true, whitespace: true, message: t('required') }];
  const twice = ({ getFieldValue }: { getFieldValue: (name: string) => unknown }) => ({
    validator: (_: unknown, type: string) => ((getFieldValue('fields') as TemplateField[]).filter((field) => field?.type.trim() === type.trim()).length > 1 ? Promise.reject(new Error(t('template.field.twice'))) : Promise.resolve()),
  });
  return (
    <Form.List name="fields">
      {(fields, { add, remove }) => (
        <div className="stack tight">
          <div className="field-table">
            <table>
              <thead><tr><th>{t('template.field.type')}</th><th>{t('template.name.zh')}</th><th>{t('template.name.en')}</th><th>{t('template.field.format')}</th><th>{t('template.field.unit')}</th><th>{t('template.required')}</th><th>{t('template.field.pattern')}</th><th /></tr></thead>
              <tbody>
                {fields.map(({ key, name }) => (
                  <tr key={key} data-testid="template-field">
                    <td><Form.Item name={[name, 'type']} rules={[...needed, twice]}><Input className="mono" maxLength={128} aria-label={t('template.field.type')} data-testid="field-type" /></Form.Item></td>
                    <td><Form.Item name={[name, 'name', 'zh']} rules={needed}><Input maxLength={200} aria-label={t('template.name.zh')} data-testid="field-zh" /></Form.Item></td>
                    <td><Form.Item name={[name, 'name', 'en']} rules={needed}><Input maxLength={200} aria-label={t('template.name.en')} data-testid="field-en" /></Form.Item></td>
                    <td><Form.Item name={[name, 'format']}><Select style={{ width: 120 }} aria-label={t('template.field.format')} options={formats.map((format) => ({ value: format, label: t(`template.format.${format}`) }))} /></Form.Item></td>
                    <td><Form.Item name={[name, 'unit']}><Input style={{ width: 72 }} maxLength={32} aria-label={t('template.field.unit')} /></Form.Item></td>
                    <td><Form.Item name={[name, 'required']} valuePropName="checked"><Checkbox aria-label={t('template.required')} /></Form.Item></td>
                    <td><Form.Item name={[name, 'pattern']}><Input className="mono" maxLength={200} aria-label={t('template.field.pattern')} /></Form.Item></td>
                    <td>{!readOnly && <Button type="text" icon={<DeleteOutlined />} disabled={fields.length === 1} title={t('template.field.remove')} aria-label={t('template.field.remove')} onClick={() => { remove(name); }} />}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {!readOnly && <div><Button icon={<PlusOutlined />} onClick={() => { add(empty); }} data-testid="field-add">{t('template.field.add')}</Button></div>}
        </div>
      )}
    </Form.List>
  );
}

/** Makes or changes a template; what is registered stays as it is. */
export function TemplateForm({ template, readOnly, onClose }: { template: Template | null; readOnly: boolean; onClose: () => void }) {
  const { t, label } = useWords();
  const { me } = useSession();
  const { party } = useScope();
  const { change, busy } = useChange('/api/identifier-templates');
  const [form] = Form.useForm<Values>();
  const options = useNodeOptions('/api/parties');
  const submit = async ({ id, ...values }: Values) => {
    const body = { ...values, fields: values.fields.map(asSent) };
    const done = await change(() => request<Template>('PUT', `/api/identifier-templates/${segment(id.trim())}`, { body, headers: { 'If-Match': `"${template?.version ?? 0}"` } }));
    if (done !== null) onClose();
  };
  const required = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <Modal open width={1040} title={template === null ? t('template.new') : t('template.edit.title', { name: label(template.name) })} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t('save')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'template-save' }} footer={readOnly ? null : undefined}>
      <Form form={form} className={readOnly ? 'read-only' : undefined} layout="vertical" disabled={readOnly} requiredMark={!readOnly} onFinish={(values) => void submit(values)} initialValues={template ?? { party: party ?? me.party ?? undefined, fields: [empty] }} data-testid="template-form">
        <div className="form-pair">
          <Form.Item name="id" label={t('template.id')} rules={required}><Input className="mono" maxLength={128} disabled={template !== null} data-testid="template-id" /></Form.Item>
          <Form.Item name="party" label={t('party')} rules={[{ required: true, message: t('required') }]}><Select showSearch={{ optionFilterProp: 'title' }} options={options} /></Form.Item>
          <Form.Item name={['name', 'zh']} label={t('template.name.zh')} rules={required}><Input maxLength={200} data-testid="template-zh" /></Form.Item>
          <Form.Item name={['name', 'en']} label={t('template.name.en')} rules={required}><Input maxLength={200} data-testid="template-en" /></Form.Item>
        </div>
        <Fields readOnly={readOnly} />
      </Form>
    </Modal>
  );
}
