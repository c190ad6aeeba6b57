import type { Widget } from '../../../api/types';

/** Where a widget stands decides what it shows: a thing's own page, or a wall that nobody touches. */
export interface WidgetProps { widget: Widget; thing?: string; wall: boolean }
