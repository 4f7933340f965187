// One line of what doctor says.
export interface Check {
  name: string;
  state: 'ok' | 'warning' | 'failed';
  says: string;
}
