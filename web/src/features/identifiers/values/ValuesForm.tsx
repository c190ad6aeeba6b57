import { PlusOutlined } from '@ant-design/icons';
import { Button, Form, Select, type FormInstance } from 'antd';
import { useWords } from '../../../context/preferences';
import { useTemplates } from '../templates/useTemplates';
import { missingOf, newDraft, type ValueDraft } from './draft';
import { ValueFields } from './ValueFields';

export interface ValuesFilled { suffix?: string; template?: string | null; values: ValueDraft[] }

/** The template and the values of an identifier; a template that is chosen brings its fields. */
export function ValuesForm({ form }: { form: FormInstance<ValuesFilled> }) {
  const { t, label } = useWords();
  const templates = useTemplates().data ?? [];
  const named = Form.useWatch('template', form);
  const template = templates.find((one) => one.id === named);
  const drafts = () => (form.getFieldValue('values') as ValueDraft[] | undefined) ?? [];
  const choose = (id: string | null | undefined) => {
    const chosen = templates.find((one) => one.id === id);
    if (chosen !== undefined) form.setFieldValue('values', missingOf(chosen, drafts()));
  };
  return (
    <>
      {templates.length > 0 && <Form.Item name="template" label={t('identifier.template')}><Select allowClear placeholder={t('identifier.template.none')} onChange={choose} options={templates.map((one) => ({ value: one.id, label: label(one.name) }))} /></Form.Item>}
      <Form.List name="values">
        {(fields, { add, remove }) => (
          <div className="stack tight">
            {fields.map(({ key, name }) => {
              const draft = drafts()[name];
              return draft && <ValueFields key={key} at={name} draft={draft} field={template?.fields.find((field) => field.type === draft.type)} onRemove={() => { remove(name); }} />;
            })}
            <div><Button icon={<PlusOutlined />} onClick={() => { add(newDraft(drafts())); }} data-testid="value-add">{t('value.add')}</Button></div>
          </div>
        )}
      </Form.List>
    </>
  );
}
