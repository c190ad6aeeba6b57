import { Input, InputNumber, Select, Switch } from 'antd';
import type { PropertyInfo } from '../../api/types';
import { useWords } from '../../context/preferences';
import { unitSign } from '../../format/units';

/** Takes a value of a command's parameter, within its range. */
export function Parameter({ info, ...rest }: { info: PropertyInfo }) {
  const { label, language } = useWords();
  switch (info.type) {
    case 'number': return <InputNumber {...rest} min={info.range?.[0]} max={info.range?.[1]} style={{ width: '100%' }} suffix={unitSign(info.unit, language)} />;
    case 'boolean': return <Switch {...rest} />;
    case 'enumeration': return <Select {...rest} options={(info.values ?? []).map((value) => ({ value: value.id, label: label(value.name) }))} />;
    default: return <Input {...rest} />;
  }
}
