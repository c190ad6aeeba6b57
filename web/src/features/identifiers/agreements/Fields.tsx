import { Checkbox } from 'antd';
import { useWords } from '../../../context/preferences';
import { allFields, everything, fieldGroups, groups, isEverything, shownFields } from './agreement';
import { useAgreementWords } from './words';

/** What is shown of each event, by dimension; what is told in any case stands first. */
export function ShownFields({ fields }: { fields: string[] }) {
  const { t } = useWords();
  const words = useAgreementWords();
  const shown = shownFields(fields);
  if (fields.length === 0) return <p className="quiet" data-testid="agreement-fields">{t('agreement.fields.none')}</p>;
  return (
    <dl className="kv" data-testid="agreement-fields">
      <dt>{t('agreement.group.always')}</dt><dd className="quiet">{t('agreement.always')}</dd>
      {shown.map(({ group, fields: own }) => [<dt key={`${group}-name`}>{t(`agreement.group.${group}`)}</dt>, <dd key={group}>{own.map(words.field).join(t('list.and'))}</dd>])}
    </dl>
  );
}

/** Chooses them: all, or one by one. A form's field. */
export function ChooseFields({ value = [], onChange }: { value?: string[]; onChange?: (value: string[]) => void }) {
  const { t } = useWords();
  const words = useAgreementWords();
  const all = isEverything(value);
  const set = (field: string, on: boolean) => { const own = all ? [...allFields] : value; onChange?.(on ? [...own, field] : own.filter((one) => one !== field)); };
  return (
    <div className="stack tight">
      <Checkbox checked={all} onChange={(event) => { onChange?.(event.target.checked ? [everything] : [...allFields]); }} data-testid="agreement-field-all">{t('agreement.fields.all')}</Checkbox>
      {groups.map((group) => (
        <div key={group} className="field-group"><span className="quiet small">{t(`agreement.group.${group}`)}</span>
          <span className="chips">{fieldGroups[group].map((field) => <Checkbox key={field} checked={all || value.includes(field)} onChange={(event) => { set(field, event.target.checked); }} data-testid={`agreement-field-${field}`}>{words.field(field)}</Checkbox>)}</span>
        </div>
      ))}
      <p className="faint small">{t('filter.of', { name: t('agreement.group.always'), value: t('agreement.always') })}</p>
    </div>
  );
}
