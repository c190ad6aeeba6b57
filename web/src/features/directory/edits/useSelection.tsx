import { Checkbox } from 'antd';
import { useMemo, useState } from 'react';
import type { Thing } from '../../../api/types';
import type { Column } from '../../../ui/table';

export interface Selection { on: boolean; setOn: (on: boolean) => void; ids: ReadonlySet<string>; toggle: (id: string) => void; set: (ids: string[]) => void; column: Column<Thing> }

/** Which things of the list are chosen; the order is that in which they were. */
export function useSelection(): Selection {
  const [on, switchOn] = useState(false);
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) => { setIds((before) => { const after = new Set(before); if (!after.delete(id)) after.add(id); return after; }); };
  const column = useMemo<Column<Thing>>(() => ({ key: 'select', title: '', width: 40, render: (one) => <Checkbox checked={ids.has(one.id)} aria-label={one.name} tabIndex={-1} data-testid="select-one" /> }), [ids]);
  return { on, setOn: (next) => { switchOn(next); if (!next) setIds(new Set()); }, ids, toggle, set: (next) => { setIds(new Set(next)); }, column };
}
