import { SearchOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useDeferredValue, useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { get, segment } from '../api/client';
import type { Found, List } from '../api/types';
import { useWords } from '../context/preferences';

export function FindField({ onOpen }: { onOpen: () => void }) {
  const { t } = useWords();
  return <button type="button" className="find" onClick={onOpen} aria-label={t('search.all')} data-testid="find"><SearchOutlined /><span className="clip">{t('search.all')}</span><kbd>{t('search.hint')}</kbd></button>;
}

function addressOf(found: Found): string {
  switch (found.kind) {
    case 'thing': return `/things/${segment(found.id)}`;
    case 'case': return `/cases?view=all&case=${segment(found.id)}`;
    case 'user': return `/admin/users?user=${segment(found.id)}`;
    case 'view': return `/boards/${segment(found.id)}`;
  }
}

export function FindBox({ onClose }: { onClose: () => void }) {
  const { t, label } = useWords();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const wanted = useDeferredValue(text.trim());
  const result = useQuery({ queryKey: ['find', wanted], queryFn: ({ signal }) => get<List<Found>>('/api/search', { q: wanted }, signal), enabled: wanted !== '', placeholderData: (before) => before });
  const items = wanted === '' ? [] : result.data?.items ?? [];
  const go = (found: Found | undefined) => { if (found !== undefined) { onClose(); void navigate(addressOf(found)); } };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') { event.preventDefault(); setActive((at) => Math.min(at + 1, items.length - 1)); }
    else if (event.key === 'ArrowUp') { event.preventDefault(); setActive((at) => Math.max(at - 1, 0)); }
    else if (event.key === 'Enter') go(items[active]);
  };
  return (
    <Modal open onCancel={onClose} footer={null} closable={false} width={640} className="find-box" destroyOnHidden>
      <div className="find-input"><SearchOutlined /><input autoFocus value={text} placeholder={t('search.all')} onChange={(event) => { setText(event.target.value); setActive(0); }} onKeyDown={onKeyDown} role="combobox" aria-expanded aria-controls="found" data-testid="find-input" /></div>
      <ul className="find-list" id="found" role="listbox">
        {items.map((found, index) => (
          <li key={`${found.kind}${found.id}`} role="option" aria-selected={index === active} className={index === active ? 'active' : ''} onMouseEnter={() => { setActive(index); }} onClick={() => { go(found); }} data-testid="find-result">
            <span className="kind">{t(`search.${found.kind}`)}</span><span className="clip">{label(found.name)}</span><span className="faint small clip">{label(found.detail)}</span>
          </li>
        ))}
        {items.length === 0 && <div className="quiet" style={{ padding: 12 }}>{wanted === '' || result.isFetching ? t('search.start') : t('search.none', { text: wanted })}</div>}
      </ul>
    </Modal>
  );
}
