import { Select } from 'antd';
import { useState } from 'react';
import { useRows } from '../../../api/hooks';
import type { Incident } from '../../../api/incidents';
import { useWords } from '../../../context/preferences';
import { Colour } from '../Marks';
import { useReal } from '../exercise';

/** An open incident, found by its number or words of its title. */
export function IncidentPicker({ type, not, value, onChange }: { type: string; not: string | null; value?: string; onChange?: (id: string) => void }) {
  const { t } = useWords();
  const [q, setQ] = useState('');
  const rows = useRows<Incident>('/api/incidents', useReal({ type, open: true, q, region: undefined, party: undefined }), { limit: 20 });
  return (
    <Select
      value={value} onChange={onChange} showSearch={{ filterOption: false, onSearch: setQ }} placeholder={t('incidents.pick')} data-testid="incident-pick"
      options={rows.items.filter((one) => one.id !== not).map((one) => ({ value: one.id, label: <span className="row"><Colour severity={one.severity} icon /><span className="faint">{one.id}</span><span className="clip">{one.title}</span></span> }))}
    />
  );
}
