/** A column: where it begins in the whole table, and how wide it is. */
export interface Place {
  at: number;
  width: number;
}

/** How far to scroll until a column is in the middle of what is to be seen beside the names that stay. Never below 0. */
export function middle(column: Place, names: number, room: number): number {
  return Math.max(0, column.at - names - (room - names - column.width) / 2);
}
