import { Segmented } from 'antd';
import { useWords } from '../../../context/preferences';
import { useSession } from '../../../context/session';
import { useUrl } from '../../../context/url';

/** Prefixes, and for who administers any what is blocked below them. */
export function PrefixViews() {
  const { t } = useWords();
  const { can } = useSession();
  const [show, setShow] = useUrl('show');
  if (!can('administer')) return null;
  return <Segmented value={show === 'blocks' ? 'blocks' : ''} onChange={(value) => { setShow(value); }} options={[{ value: '', label: <span data-testid="prefixes-list">{t('identifiers.prefixes')}</span> }, { value: 'blocks', label: <span data-testid="prefixes-blocks">{t('block')}</span> }]} />;
}
