// Rows under headings, with a skeleton of the same height while they come; on a narrow screen a card for each row.
import { Skeleton } from '@mantine/core';
import { Fragment, type HTMLAttributes, type ReactNode } from 'react';
import classes from './table.module.css';

export interface Column<Row> {
  head: string;
  /** What it and its neighbours are figures of: a heading above theirs. */
  group?: string;
  cell: (row: Row) => ReactNode;
  right?: boolean;
  width?: number | string;
}

/** What is scrolled sideways can be reached by keyboard. */
const scrolledByKeys = { tabIndex: 0, role: 'group' };

export function Table<Row>(props: {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  empty?: ReactNode;
  foot?: ReactNode;
  onRow?: (row: Row) => void;
  /** Many figures: on a narrow screen it is scrolled sideways, and the first column stays. */
  wide?: boolean;
  rowProps?: (row: Row) => HTMLAttributes<HTMLElement>;
  /** What belongs to a row and needs the whole width. */
  under?: (row: Row) => ReactNode;
}) {
  const { columns, rows, empty } = props;
  const grouped = columns.some(({ group }) => group !== undefined);
  if (rows?.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <div className={classes.tableWrap} {...(props.wide && scrolledByKeys)}>
      <table className={classes.table} data-wide={props.wide || undefined} aria-label={props.label}>
        <thead>
          {grouped && <GroupHeads columns={columns} />}
          <tr>
            {columns.map(
              ({ head, group, right, width }, index) =>
                (!grouped || group !== undefined) && (
                  <th
                    key={keyOf(columns, index)}
                    className={right ? classes.right : undefined}
                    style={{ width }}
                  >
                    {head || <span className="spoken">·</span>}
                  </th>
                ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows === undefined
            ? [1, 2, 3, 4].map((row) => (
                <tr key={row}>
                  {columns.map((_, index) => (
                    <td key={keyOf(columns, index)}>
                      <Skeleton height={12} width={index === 0 ? '60%' : '40%'} />
                    </td>
                  ))}
                </tr>
              ))
            : rows.map((row) => <Cells key={props.rowKey(row)} row={row} {...props} />)}
        </tbody>
        {props.foot}
      </table>
    </div>
  );
}

function keyOf(columns: readonly { head: string; group?: string }[], index: number): string {
  const { head, group = '' } = columns[index] ?? { head: '' };
  return head === '' ? String(index) : `${group} ${head}`;
}

/** Whatever belongs to no group reaches down into the row of the headings. */
function GroupHeads<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <tr>
      {columns.map(({ head, group, right, width }, index) => {
        if (group === undefined) {
          return (
            <th
              key={keyOf(columns, index)}
              rowSpan={2}
              className={right ? classes.right : undefined}
              style={{ width }}
            >
              {head}
            </th>
          );
        }
        if (columns[index - 1]?.group === group) return null;
        const span = columns.filter((one) => one.group === group).length;
        return (
          <th key={group} colSpan={span} scope="colgroup" className={classes.group}>
            {group}
          </th>
        );
      })}
    </tr>
  );
}

function Cells<Row>({
  row,
  ...props
}: Omit<Parameters<typeof Table<Row>>[0], 'rows'> & { row: Row }) {
  const { columns, onRow } = props;
  const own = props.rowProps?.(row);
  const under = props.under?.(row);
  return (
    <Fragment>
      <tr
        onClick={onRow && (() => onRow(row))}
        style={onRow && { cursor: 'pointer' }}
        data-open={under ? true : undefined}
        {...own}
      >
        {columns.map(({ head, cell, right }, index) => {
          const shown = cell(row);
          return (
            <td
              key={keyOf(columns, index)}
              data-head={head}
              data-none={shown === '–' || undefined}
              className={right ? classes.right : undefined}
            >
              {shown}
            </td>
          );
        })}
      </tr>
      {under && (
        <tr className={classes.under} {...own}>
          <td colSpan={columns.length}>{under}</td>
        </tr>
      )}
    </Fragment>
  );
}
