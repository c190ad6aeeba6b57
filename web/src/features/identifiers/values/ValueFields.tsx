import { DeleteOutlined } from '@ant-design/icons';
import { AutoComplete, Button, Form, Input, InputNumber, Segmented, Select, type FormRule as Rule } from 'antd';
import type { TemplateField } from '../../../api/identifiers';
import { useWords } from '../../../context/preferences';
import { useNodeOptions } from '../../access/GrantFields';
import { roles } from '../../access/roles';
import { linkIn, linkValueType } from '../links/link';
import { LinkFields } from '../links/LinkFields';
import { isNobody, longestTtl, reads, type ValueDraft } from './draft';
import { linkOf } from './handle';

const usualTypes = ['URL', 'EMAIL', 'DESC', linkValueType];

function Readers({ at }: { at: number }) {
  const { t } = useWords();
  const parties = useNodeOptions('/api/parties');
  return (
    <Form.Item noStyle dependencies={[['values', at, 'read']]}>
      {({ getFieldValue }) => getFieldValue(['values', at, 'read']) === 'named' && (
        <div className="stack tight readers">
          <Form.Item name={[at, 'audience', 'parties']} label={t('value.read.parties')}><Select mode="multiple" options={parties} showSearch={{ optionFilterProp: 'title' }} /></Form.Item>
          <Form.Item name={[at, 'audience', 'roles']} label={t('value.read.roles')}><Select mode="multiple" options={roles.map((role) => ({ value: role, label: t(`role.${role}`) }))} /></Form.Item>
          <Form.Item name={[at, 'audience', 'purposes']} label={t('value.read.purposes')} dependencies={[['values', at, 'audience', 'parties'], ['values', at, 'audience', 'roles']]} rules={[({ getFieldValue: get }) => ({ validator: () => (isNobody(get(['values', at, 'audience']) as ValueDraft['audience']) ? Promise.reject(new Error(t('value.read.nobody'))) : Promise.resolve()) })]}><Select mode="tags" open={false} placeholder={t('value.read.purposes.hint')} /></Form.Item>
        </div>
      )}
    </Form.Item>
  );
}

/** What a value says: a link of a GS1 key by its parts, anything else as it is. */
function Text({ at, required }: { at: number; required: Rule[] }) {
  const { t } = useWords();
  const isLink = (Form.useWatch(['values', at, 'type']) as string | undefined)?.trim().toUpperCase() === linkValueType;
  const complete: Rule = { validator: (_, text: string) => { const link = linkIn(text); return link !== null && link.title.trim() !== '' && linkOf(link.href) !== null ? Promise.resolve() : Promise.reject(new Error(t('link.incomplete'))); } };
  return isLink
    ? <Form.Item name={[at, 'text']} rules={[complete]}><LinkFields /></Form.Item>
    : <Form.Item name={[at, 'text']} label={t('value.text')} rules={required}><Input.TextArea autoSize={{ minRows: 1, maxRows: 8 }} data-testid="value-text" /></Form.Item>;
}

/** One value of an identifier in a form: what it is, what it says, who may read it. */
export function ValueFields({ at, draft, field, onRemove }: { at: number; draft: ValueDraft; field: TemplateField | undefined; onRemove: () => void }) {
  const { t, label } = useWords();
  const required = [{ required: true, whitespace: true, message: t('required') }];
  return (
    <div className="inset value-fields" data-testid="value-fields">
      <div className="row">
        <Form.Item name={[at, 'index']} label={t('value.index')}><InputNumber min={1} precision={0} style={{ width: 72 }} disabled={draft.opaque !== null} /></Form.Item>
        <Form.Item name={[at, 'type']} label={field === undefined ? t('type') : label(field.name)} rules={required} className="grow"><AutoComplete options={usualTypes.map((type) => ({ value: type }))} disabled={draft.opaque !== null} maxLength={128}><Input data-testid="value-type" /></AutoComplete></Form.Item>
        <Form.Item name={[at, 'ttl']} label={t('value.ttl.seconds')}><InputNumber min={0} max={longestTtl} precision={0} style={{ width: 112 }} /></Form.Item>
        <Button type="text" icon={<DeleteOutlined />} title={t('value.remove')} aria-label={t('value.remove')} onClick={onRemove} data-testid="value-remove" />
      </div>
      {draft.opaque === null
        ? <Text at={at} required={field?.required === false ? [] : required} />
        : <p className="quiet small">{t('value.opaque', { format: draft.opaque.format })}</p>}
      <Form.Item name={[at, 'read']} label={t('value.read')} layout="horizontal" className="readers-choice"><Segmented options={reads.map((read) => ({ value: read, label: <span data-testid={`read-${read}`}>{t(`value.read.${read}`)}</span> }))} /></Form.Item>
      <Readers at={at} />
    </div>
  );
}
