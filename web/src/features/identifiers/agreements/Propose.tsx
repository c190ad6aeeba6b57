import { Checkbox, DatePicker, Form, Input, Modal, Select } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import { useState } from 'react';
import type { Agreement, AgreementTerms } from '../../../api/agreements';
import { post } from '../../../api/client';
import { useRows } from '../../../api/hooks';
import type { TraceParty } from '../../../api/trace';
import { useNow } from '../../../context/now';
import { useWords } from '../../../context/preferences';
import { useScope } from '../../../context/scope';
import { useSession } from '../../../context/session';
import { useStill } from '../../../context/settled';
import { useZone } from '../../../context/zone';
import { momentAt } from '../../../format/wallClock';
import { useNodeOptions } from '../../access/GrantFields';
import { useChange } from '../../access/useChange';
import { objectName } from '../../trace/names';
import { useTypeWord } from '../values/audience';
import { eventTypes, everything, isEverything, usualFields } from './agreement';
import { ChooseFields } from './Fields';
import { agreementsPath } from './useAgreements';
import { useAgreementWords } from './words';

/** To show something to another party, or to ask it to show something. */
export type Way = 'show' | 'ask';
export interface Filled { other?: TraceParty; object?: string; products?: string[] }

interface Values extends Omit<AgreementTerms, 'until' | 'object'> { mine: string; other: string; until: Dayjs }

/** Identifier values that are told to nobody but by agreement are mostly of these types. */
const usualTypes = ['URL', 'DESC', 'EMAIL'];

/** The other party: whoever holds a prefix can be asked, also where he is not in one's own tree. */
function OtherParty({ value, onChange, known }: { value?: string; onChange?: (value: string) => void; known: TraceParty | undefined }) {
  const { t } = useWords();
  const [search, setSearch] = useState('');
  const found = useRows<TraceParty>(`${agreementsPath}/parties`, { q: useStill(search, 250) }, { limit: 50 });
  const options = [...(known === undefined || found.items.some((one) => one.id === known.id) ? [] : [known]), ...found.items].map((one) => ({ value: one.id, label: one.name }));
  return <Select value={value} onChange={onChange} showSearch={{ filterOption: false, onSearch: setSearch }} options={options} loading={found.fetching} placeholder={t('agreement.other.search')} notFoundContent={found.loading ? t('loading') : t('filter.none')} data-testid="agreement-other" />;
}

function Terms() {
  const { t } = useWords();
  const words = useAgreementWords();
  const word = useTypeWord();
  const required = { required: true, message: t('required') };
  const later = { validator: (_: unknown, value: Dayjs | undefined) => (value?.isBefore(dayjs()) ? Promise.reject(new Error(t('agreement.until.over'))) : Promise.resolve()) };
  const onlyAll = (values: string[]) => (isEverything(values) ? [everything] : values);
  return (
    <>
      <Form.Item name="products" label={t('agreement.products')} extra={t('agreement.products.help')}><Select mode="tags" tokenSeparators={[' ', ',', '，']} placeholder={t('agreement.products.all')} options={[]} suffixIcon={null} data-testid="agreement-products" /></Form.Item>
      <Form.Item name="eventTypes" label={t('agreement.types')}><Select mode="multiple" placeholder={t('agreement.types.all')} options={eventTypes.map((type) => ({ value: type, label: words.type(type) }))} data-testid="agreement-types" /></Form.Item>
      <Form.Item name="fields" label={t('agreement.fields')}><ChooseFields /></Form.Item>
      <Form.Item name="values" label={t('agreement.values')} extra={t('agreement.values.help')} normalize={onlyAll}><Select mode="tags" placeholder={t('agreement.values.none')} options={[{ value: everything, label: t('agreement.values.all') }, ...usualTypes.map((type) => ({ value: type, label: `${word(type) ?? type} (${type})` }))]} data-testid="agreement-values" /></Form.Item>
      <Form.Item name="statistics" valuePropName="checked"><Checkbox data-testid="agreement-statistics">{t('agreement.statistics.on')}</Checkbox></Form.Item>
      <Form.Item name="purpose" label={t('agreement.purpose')} rules={[{ ...required, whitespace: true }]}><Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} data-testid="agreement-purpose" /></Form.Item>
      <Form.Item name="until" label={t('agreement.until')} rules={[required, later]}><DatePicker allowClear={false} style={{ width: '100%' }} /></Form.Item>
    </>
  );
}

/** Proposes to show something, or asks for it; from a trace most is filled in. */
export function Propose({ way, filled = {}, onClose, onMade }: { way: Way; filled?: Filled; onClose: () => void; onMade: (made: Agreement) => void }) {
  const { t } = useWords();
  const { me } = useSession();
  const { party } = useScope();
  const zone = useZone();
  const { change, busy } = useChange(agreementsPath);
  const [form] = Form.useForm<Values>();
  // The whole installation is nobody who could agree.
  const parties = useNodeOptions('/api/parties').filter((one) => one.value !== 'root');
  const today = dayjs(useNow());
  const submit = async ({ mine, other, until, purpose, ...terms }: Values) => {
    const body = { from: way === 'show' ? mine : other, to: way === 'show' ? other : mine, ...terms, purpose: purpose.trim(), until: momentAt(until.format('YYYY-MM-DDT23:59'), zone), object: filled.object ?? null };
    const made = await change(() => post<Agreement>(agreementsPath, body), t(way === 'show' ? 'agreement.show.done' : 'agreement.ask.done'));
    if (made !== null) onMade(made);
  };
  // Without these the form would open on nothing chosen.
  if (parties.length === 0) return null;
  const required = [{ required: true, message: t('required') }];
  const own = [party, me.party].find((one) => one !== undefined && one !== null && one !== 'root') ?? (parties.length === 1 ? parties[0]?.value : undefined);
  return (
    <Modal open width={640} title={t(way === 'show' ? 'agreement.show.title' : 'agreement.ask.title')} onCancel={onClose} onOk={() => { form.submit(); }} confirmLoading={busy} okText={t(way === 'show' ? 'agreement.show.send' : 'agreement.ask.send')} cancelText={t('cancel')} okButtonProps={{ 'data-testid': 'agreement-send' }}>
      <Form
        form={form} layout="vertical" onFinish={(values) => void submit(values)} data-testid="agreement-form"
        initialValues={{ mine: own, other: filled.other?.id, products: filled.products ?? [], eventTypes: [], fields: usualFields, values: [], statistics: false, until: today.add(1, 'year') }}
      >
        <p className="quiet">{t(way === 'show' ? 'agreement.show.help' : 'agreement.ask.help')}</p>
        {filled.object !== undefined && <p className="quiet">{t('agreement.object')} <b className="mono" title={filled.object}>{objectName(filled.object)}</b></p>}
        <div className="form-pair" style={{ marginTop: 12 }}>
          <Form.Item name="mine" label={t(way === 'show' ? 'agreement.from' : 'agreement.to')} rules={required}><Select showSearch={{ optionFilterProp: 'title' }} options={parties} data-testid="agreement-mine" /></Form.Item>
          <Form.Item name="other" label={t(way === 'show' ? 'agreement.to' : 'agreement.from')} rules={required}><OtherParty known={filled.other} /></Form.Item>
        </div>
        <Terms />
      </Form>
    </Modal>
  );
}
