import { Segmented, Select } from 'antd';
import type { CaseType, FieldInfo } from '../../api/types';
import { useWords } from '../../context/preferences';
import { useUrl } from '../../context/url';
import { Empty } from '../../ui/waiting';
import { CasesByField } from './CasesByField';

const periods = ['30', '90', '365'];

/** What cases of a type come from: by one of its fields that has one of a few values. */
export function CaseCauses({ type }: { type: CaseType }) {
  const { t, label } = useWords();
  const [chosen, choose] = useUrl('field');
  const [days, setDays] = useUrl('days', '90');
  const all: (Omit<FieldInfo, 'id'> & { id?: string })[] = Array.isArray(type.fields) ? type.fields : [];
  const fields = all.filter((one) => one.type === 'enumeration' || one.type === 'boolean');
  const field = fields.find((one) => one.id === chosen) ?? fields[0];
  if (field?.id === undefined) return <Empty title={t('cases.causes.none')} help={t('cases.causes.none.help')} />;
  return (
    <>
      <div className="row wrap">
        <Select value={field.id} onChange={(value: string) => { choose(value); }} options={fields.map((one) => ({ value: one.id ?? '', label: t('filter.of', { name: t('cases.causes.by'), value: label(one.name) }) }))} style={{ width: 220 }} aria-label={t('cases.causes.by')} data-testid="causes-field" />
        <Segmented value={days} onChange={(value: string) => { setDays(value); }} options={periods.map((one) => ({ value: one, label: t('cases.causes.days', { days: one }) }))} />
      </div>
      <div className="causes"><CasesByField key={`${type.id}/${field.id}/${days}`} type={type.id} field={field.id} days={Number(days)} /></div>
    </>
  );
}
