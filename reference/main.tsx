// The page that describes the API of this server and sends requests to it. Its words are English, as the contract's are.
import { render } from 'preact';
import { App } from './app.tsx';
import { followOffice } from './follow-office.ts';

followOffice();
const root = document.getElementById('reference');
if (root !== null) render(<App />, root);
