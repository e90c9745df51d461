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

/** What arms can be judged by, and the sign of a difference for the better. */
export const METRICS = {
  loss: { name: 'loss', better: -1 },
  objective: { name: 'objective', better: -1 },
  rocAuc: { name: 'ROC-AUC', better: 1 },
  prAuc: { name: 'average precision', better: 1 },
};
