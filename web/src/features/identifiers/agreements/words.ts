import type { AgreementTerms } from '../../../api/agreements';
import { useWords } from '../../../context/preferences';
import { known } from '../../../i18n/translate';
import { eventKey, objectName } from '../../trace/names';
import { isEverything, shownFields } from './agreement';

/** What an agreement is about, in words. */
export function useAgreementWords() {
  const { t } = useWords();
  const and = t('list.and');
  const word = (key: string, id: string) => (known(key) ? t(key) : id);
  const type = (id: string) => { const key = eventKey(id); return key === null ? id : t(key); };
  const types = ({ eventTypes, fields }: Pick<AgreementTerms, 'eventTypes' | 'fields'>) => (fields.length === 0 ? t('agreement.fields.none') : eventTypes.length === 0 ? t('agreement.types.all') : eventTypes.map(type).join(and));
  return {
    type, types,
    field: (id: string) => word(`event.field.${id}`, id),
    step: (id: string) => word(`agreement.step.${id}`, id),
    use: (id: string) => word(`agreement.use.${id}`, id),
    products: ({ products }: Pick<AgreementTerms, 'products'>) => (products.length === 0 ? t('agreement.products.all') : products.map(objectName).join(and)),
    /** What is shown, within a sentence; where no event is, what else. */
    shown: (terms: Pick<AgreementTerms, 'eventTypes' | 'fields' | 'statistics'>) => (terms.fields.length === 0 ? t(terms.statistics ? 'agreement.only.figures' : 'agreement.only.values') : terms.eventTypes.length === 0 ? types(terms) : t('agreement.types.some', { types: types(terms) })),
    /** The dimensions of which something is shown. */
    fields: ({ fields }: Pick<AgreementTerms, 'fields'>) => (isEverything(fields) ? t('agreement.fields.all') : fields.length === 0 ? t('agreement.fields.none') : shownFields(fields).map((one) => t(`agreement.group.${one.group}`)).join(and)),
  };
}
