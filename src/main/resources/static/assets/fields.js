/** The fields of a spec: JSON pointer, label, what it takes, hint. What is left empty takes the service's default. */
export const FIELDS = [
  ['Experiment', [
    ['/name', 'Name', 'text'],
    ['/trials', 'Trials', 'number', 'repetitions, each with a seed of its own'],
    ['/seed', 'Seed', 'number', 'of the first trial'],
    ['/priority', 'Priority', 'number', 'a higher one is trained first'],
    ['/device', 'Device', ['', 'cpu', 'cuda']],
  ]],
  ['Data', [
    ['/dataset/name', 'Data set', 'datasets'],
    ['/dataset/positiveClass', 'Positive class', 'text', 'its name or its index'],
    ['/dataset/positiveRate', 'Positive rate', 'number', 'rows are dropped until the training split has it'],
    ['/dataset/trainLimit', 'Training rows', 'number', 'empty for all'],
    ['/dataset/testLimit', 'Test rows', 'number', 'empty for all'],
    ['/dataset/path', 'Folder', 'text', 'of an image folder, below the data folder'],
  ]],
  ['Model', [
    ['/model/architecture', 'Architecture', 'architectures'],
    ['/model/weights', 'Weights', 'text', 'none, imagenet, or a file’s name'],
    ['/model/imageSize', 'Image size', 'number', 'in pixels'],
    ['/model/dropout', 'Dropout', 'number'],
    ['/model/stochasticDepth', 'Stochastic depth', 'number'],
  ]],
  ['Training', [
    ['/training/epochs', 'Epochs', 'number'],
    ['/training/batchSize', 'Batch size', 'number'],
    ['/training/optimizer/type', 'Optimizer', ['', 'sgd', 'adam', 'adamw']],
    ['/training/optimizer/learningRate', 'Learning rate', 'number'],
    ['/training/optimizer/momentum', 'Momentum', 'number'],
    ['/training/optimizer/weightDecay', 'Weight decay', 'number'],
    ['/evaluation/mode', 'Evaluation mode', ['', 'eval', 'train']],
    ['/stepInterval', 'Step interval', 'number', 'every how many steps the loss is kept'],
  ]],
];

export const ARM_TYPES = ['default', 'zeros', 'positive_rate', 'constant'];

export function valueAt(spec, pointer) {
  return pointer.slice(1).split('/').reduce((node, key) => node?.[key], spec);
}

/** Sets a value in place, or takes it out where it is undefined. */
export function setAt(spec, pointer, value) {
  const keys = pointer.slice(1).split('/');
  const last = keys.pop();
  const parent = keys.reduce((node, key) => (node[key] ??= {}), spec);
  if (value === undefined) {
    delete parent[last];
  } else {
    parent[last] = value;
  }
}
