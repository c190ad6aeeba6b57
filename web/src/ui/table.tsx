import { useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';

export interface Column<T> {
  key: string;
  title: string;
  /** Shown in the head, so that cells hold bare numbers. */
  unit?: string;
  width?: number | string;
  right?: boolean;
  /** wide: left out on a phone; xwide: left out below 1440 px; phone: only there. */
  only?: 'wide' | 'xwide' | 'phone';
  /** On a phone only the mark of it is shown. */
  slim?: boolean;
  render: (row: T) => ReactNode;
}

interface Props<T> {
  rows: T[];
  columns: Column<T>[];
  keyOf: (row: T) => string;
  testId: string;
  label: string;
  chosen?: string | null;
  onPick?: (row: T) => void;
  onEnd?: () => void;
}

const rowHeight = 32;
const spare = 12;

/** A dense table that draws only the rows in sight; ↑ ↓ j k Home End move, Enter opens. */
export function Table<T>({ rows, columns, keyOf, testId, label, chosen = null, onPick, onEnd }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [sight, setSight] = useState({ top: 0, height: 800 });
  const [active, setActive] = useState(-1);

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => { setSight((before) => ({ ...before, height: element.clientHeight })); });
    observer.observe(element);
    return () => { observer.disconnect(); };
  }, []);

  const first = Math.max(0, Math.floor(sight.top / rowHeight) - spare);
  const last = Math.min(rows.length, Math.ceil((sight.top + sight.height) / rowHeight) + spare);

  const onScroll = () => {
    const element = box.current;
    if (element === null) return;
    setSight({ top: element.scrollTop, height: element.clientHeight });
    if (onEnd !== undefined && element.scrollTop + element.clientHeight > element.scrollHeight - 400) onEnd();
  };

  const move = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    const element = box.current;
    if (element === null) return;
    const top = next * rowHeight;
    if (top < element.scrollTop) element.scrollTop = top;
    else if (top + 2 * rowHeight > element.scrollTop + element.clientHeight) element.scrollTop = top + 2 * rowHeight - element.clientHeight;
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== box.current) return;
    const step: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: rows.length - 1, PageDown: active + 20, PageUp: active - 20, j: active + 1, k: active - 1 };
    const next = step[event.key];
    const row = rows[active];
    if (next !== undefined) { event.preventDefault(); move(next); }
    else if (event.key === 'Enter' && row !== undefined) onPick?.(row);
  };

  return (
    <div ref={box} className="table-box" tabIndex={0} role="region" aria-label={label} data-testid={testId} onScroll={onScroll} onKeyDown={onKeyDown}>
      <table className="grid">
        <colgroup>{columns.map((column) => <col key={column.key} className={`${column.only ?? ''} ${column.slim ? 'slim' : ''}`} style={{ width: column.width }} />)}</colgroup>
        <thead>
          <tr>{columns.map((column) => <th key={column.key} scope="col" className={`${column.right ? 'num' : ''} ${column.only ?? ''} ${column.slim ? 'slim' : ''}`} title={column.title}>{column.title}{column.unit && <span className="unit">{column.unit}</span>}</th>)}</tr>
        </thead>
        <tbody>
          {first > 0 && <tr className="spacer"><td style={{ height: first * rowHeight }} /></tr>}
          {rows.slice(first, last).map((row, at) => {
            const key = keyOf(row);
            const index = first + at;
            const classes = [onPick && 'pick', index === active && 'active', key === chosen && 'chosen'].filter(Boolean).join(' ');
            return (
              <tr key={key} className={classes} data-testid={`${testId}-row`} data-id={key} onClick={() => { setActive(index); onPick?.(row); }}>
                {columns.map((column) => <td key={column.key} className={`${column.right ? 'num' : ''} ${column.only ?? ''} ${column.slim ? 'slim' : ''}`}>{column.render(row)}</td>)}
              </tr>
            );
          })}
          {last < rows.length && <tr className="spacer"><td style={{ height: (rows.length - last) * rowHeight }} /></tr>}
        </tbody>
      </table>
    </div>
  );
}
