import { Form, Input, InputNumber, Select, Switch } from 'antd';
import type { FieldInfo } from '../../api/types';
import { useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';

function Entry({ info, ...rest }: { info: FieldInfo }) {
  const { label, language } = useWords();
  switch (info.type) {
    case 'number': return <InputNumber {...rest} style={{ width: '100%' }} suffix={unitSign(info.unit, language)} />;
    case 'boolean': return <Switch {...rest} />;
    case 'enumeration': return <Select {...rest} options={(info.values ?? []).map((value) => ({ value: value.id, label: label(value.name) }))} />;
    default: return <Input.TextArea {...rest} autoSize={{ minRows: 1, maxRows: 6 }} />;
  }
}

export function FieldInputs({ fields, required }: { fields: FieldInfo[]; required: string[] }) {
  const { t, label } = useWords();
  return fields.map((info) => (
    <Form.Item key={info.id} name={['fields', info.id]} label={label(info.name)} valuePropName={info.type === 'boolean' ? 'checked' : 'value'} rules={required.includes(info.id) ? [{ required: true, message: t('required') }] : []}>
      <Entry info={info} />
    </Form.Item>
  ));
}
