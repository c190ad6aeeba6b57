import { Drawer } from 'antd';
import type { ReactNode } from 'react';

/** Details beside the list: the list stays usable, Escape closes. */
export function Side({ open, onClose, title, children, extra, testId, width = 560 }: { open: boolean; onClose: () => void; title: ReactNode; children: ReactNode; extra?: ReactNode; testId: string; width?: number }) {
  return (
    <Drawer open={open} onClose={onClose} title={title} extra={extra} size={`min(${width}px, 100vw)`} mask={false} destroyOnHidden styles={{ body: { padding: 16 }, header: { padding: '8px 16px', minHeight: 48 } }}>
      <div className="stack" data-testid={testId}>{children}</div>
    </Drawer>
  );
}

export function Section({ title, children, tools }: { title: string; children: ReactNode; tools?: ReactNode }) {
  return <section className="section"><h2 className="row"><span className="grow">{title}</span>{tools}</h2>{children}</section>;
}

export function Facts({ rows }: { rows: [string, ReactNode][] }) {
  return <dl className="kv">{rows.map(([name, value]) => [<dt key={`${name}-name`}>{name}</dt>, <dd key={`${name}-value`}>{value}</dd>])}</dl>;
}
