/** What is measured on the test split after each epoch: its key in the metrics, its name, the largest possible value. */
export const QUANTITIES = [
  { key: 'loss', name: 'Loss' },
  { key: 'objective', name: 'Objective' },
  { key: 'rocAuc', name: 'ROC-AUC', most: 1 },
  { key: 'prAuc', name: 'Average precision', most: 1 },
  { key: 'brier', name: 'Brier score', most: 1 },
  { key: 'meanProbability', name: 'Mean probability', most: 1 },
  { key: 'ece', name: 'Calibration error', most: 1 },
];

/** Those in nats. */
export const LOSSES = ['loss', 'objective'];

/**
 * What the predictor scores that gives every row the training split's positive rate.
 *
 * @param {{trainPositiveRate: number, testPositiveRate: number}} data
 * @param {{training: Object}} spec
 * @returns {?number} null for an objective that is not the plain cross-entropy
 */
export function constantLevel(key, { trainPositiveRate: p, testPositiveRate: q }, spec) {
  const loss = -q * Math.log(p) - (1 - q) * Math.log(1 - p);
  return {
    loss,
    objective: isPlain(spec.training.loss) ? loss : null,
    rocAuc: 0.5,
    prAuc: q,
    brier: q * (1 - p) ** 2 + (1 - q) * p ** 2,
    meanProbability: p,
    ece: Math.abs(p - q),
  }[key];
}

function isPlain(loss) {
  return loss.type === 'bce' && loss.positiveWeight === 1 && loss.labelSmoothing === 0;
}
