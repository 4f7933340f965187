// Rows under headings, with a skeleton of the same height while they come.
import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './ui.module.css';

export interface Column<Row> {
  head: string;
  cell: (row: Row) => ReactNode;
  right?: boolean;
  width?: number | string;
}

export function Table<Row>(props: {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  empty?: ReactNode;
  foot?: ReactNode;
  onRow?: (row: Row) => void;
}) {
  const { columns, rows, empty } = props;
  if (rows?.length === 0 && empty !== undefined) return <>{empty}</>;
  return (
    <div className={classes.tableWrap}>
      <table className={classes.table} aria-label={props.label}>
        <thead>
          <tr>
            {columns.map(({ head, right, width }, index) => (
              <th
                key={head || index}
                className={right ? classes.right : undefined}
                style={{ width }}
              >
                {head || <span className="spoken">·</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows === undefined
            ? [1, 2, 3, 4].map((row) => (
                <tr key={row}>
                  {columns.map(({ head }, index) => (
                    <td key={head || index}>
                      <Skeleton height={12} width={index === 0 ? '60%' : '40%'} />
                    </td>
                  ))}
                </tr>
              ))
            : rows.map((row) => (
                <tr
                  key={props.rowKey(row)}
                  onClick={props.onRow && (() => props.onRow?.(row))}
                  style={props.onRow && { cursor: 'pointer' }}
                >
                  {columns.map(({ head, cell, right }, index) => (
                    <td key={head || index} className={right ? classes.right : undefined}>
                      {cell(row)}
                    </td>
                  ))}
                </tr>
              ))}
        </tbody>
        {props.foot}
      </table>
    </div>
  );
}
