/** What a form begins with: the first of these that is offered, else the only one there is. */
export function usualNode(options: readonly { value: string }[], ...wanted: (string | null | undefined)[]): string | undefined {
  return wanted.find((id): id is string => options.some((one) => one.value === id)) ?? (options.length === 1 ? options[0]?.value : undefined);
}
