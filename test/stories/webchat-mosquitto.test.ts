// The contract of Chimp Assist with Mosquitto beside Usher. It asks nobody, so what a broker must refuse is not shown here.
import { describe } from 'vitest';
import { mosquittoMissing } from '../makers/start-mosquitto.ts';
import { mosquittoStand } from '../makers/webchat-stand.ts';
import { testVectors } from './webchat-vectors.ts';

describe.skipIf(mosquittoMissing !== null)(`beside mosquitto ${mosquittoMissing ?? ''}`, () => {
  testVectors(mosquittoStand);
});
