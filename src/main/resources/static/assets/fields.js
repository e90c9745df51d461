export const DATA = '/dataset/name';
export const ARCHITECTURE = '/model/architecture';
/** The data sets that are no images. */
export const TABULAR = ['table', 'wisconsin'];

const TABLE = [DATA, 'table'];
const MLP = [ARCHITECTURE, 'mlp'];
const MODULE = [ARCHITECTURE, 'torchscript'];
const NO_MODULE = [ARCHITECTURE, 'not', 'torchscript'];
const LOSS = '/training/loss/type';
const SCHEDULE = '/training/schedule/type';

/**
 * The fields of a spec: JSON pointer, label, kind of value, hint, and where it is not always needed, the field and those of
 * its values with which it is, or after "not" those with which it isn't. An empty field gets the service's default. A section with
 * `usual` values opens if it has others.
 */
export const FIELDS = [
  ['Experiment', [
    ['/name', 'Name', 'text'],
    ['/trials', 'Trials', 'number', 'repetitions, each with its own seed'],
    ['/seed', 'Seed', 'number', 'of the first trial'],
    ['/priority', 'Priority', 'number', 'higher is trained first'],
    ['/device', 'Device', ['', 'cpu', 'cuda']],
  ]],
  ['Data', [
    [DATA, 'Data set', 'datasets'],
    ['/dataset/positiveClass', 'Positive class', 'text', 'its name or its index'],
    ['/dataset/positiveRate', 'Positive rate', 'number', 'rows are dropped until each split has this rate'],
    ['/dataset/trainLimit', 'Training rows', 'number', 'empty: all, or 5,000 of synthetic'],
    ['/dataset/testLimit', 'Test rows', 'number', 'empty: all, or 1,000 of synthetic'],
    ['/dataset/augmentation', 'Augmentation', 'names', 'of training images, as horizontal_flip, random_crop', [DATA, 'not', ...TABULAR]],
    ['/dataset/path', 'Path', 'text', 'a folder of images, or a table, below datasets/', [DATA, 'image_folder', 'table']],
    ['/dataset/label', 'Label', 'text', 'the column that holds the class', TABLE],
    ['/dataset/features', 'Features', 'names', 'columns to use, as age, city; empty: all but the label', TABLE],
    ['/dataset/exclude', 'Excluded', 'names', 'columns to leave out', TABLE],
    ['/dataset/log', 'Logarithms', 'names', 'columns replaced by ln(x + 0.001)', TABLE],
    ['/dataset/clip', 'Clip', 'number', 'bound on standardised numbers; empty: none', TABLE],
    ['/dataset/testPath', 'Test table', 'text', 'a second file; empty: the table is split', TABLE],
    ['/dataset/testShare', 'Test share', 'number', 'of the rows, from 0 to 1', TABLE],
    ['/dataset/splitSeed', 'Split seed', 'number', null, TABLE],
    ['/dataset/group', 'Group', 'text', 'a column whose equal values stay in one split', TABLE],
  ]],
  ['Model', [
    [ARCHITECTURE, 'Architecture', 'architectures'],
    ['/model/file', 'Module', 'text', 'a file below networks/; {trial} in its name is the trial’s number', MODULE],
    ['/model/weights', 'Weights', 'text', 'none, imagenet, or a file name', NO_MODULE],
    ['/model/imageSize', 'Image size', 'number', 'in pixels'],
    ['/model/hidden', 'Hidden layers', 'numbers', 'their widths, as 64, 16', MLP],
    ['/model/activation', 'Activation', ['', 'relu', 'gelu', 'silu'], null, MLP],
    ['/model/dropout', 'Dropout', 'number', null, NO_MODULE],
    ['/model/stochasticDepth', 'Stochastic depth', 'number', null, NO_MODULE],
    ['/model/head', 'Head', ['', 'on_logits', 'replace'], null, NO_MODULE],
    ['/model/train', 'Trained', ['', 'all', 'head']],
  ]],
  ['Training', [
    ['/training/epochs', 'Epochs', 'number'],
    ['/training/batchSize', 'Batch size', 'number'],
    ['/training/optimizer/type', 'Optimizer', ['', 'sgd', 'adam', 'adamw']],
    ['/training/optimizer/learningRate', 'Learning rate', 'number'],
    ['/training/optimizer/momentum', 'Momentum', 'number', null, ['/training/optimizer/type', '', 'sgd']],
    ['/training/optimizer/weightDecay', 'Weight decay', 'number'],
    ['/evaluation/mode', 'Evaluation mode', ['', 'eval', 'train']],
    ['/stepInterval', 'Step interval', 'number', 'keep the training loss of every nth step'],
  ]],
  ['Loss and sampling', [
    [LOSS, 'Loss', ['', 'bce', 'focal']],
    ['/training/loss/positiveWeight', 'Positive weight', 'name or number', 'a number, or balanced', [LOSS, '', 'bce']],
    ['/training/loss/labelSmoothing', 'Label smoothing', 'number', 'from 0 to 1', [LOSS, '', 'bce']],
    ['/training/loss/gamma', 'Gamma', 'number', 'how little the easy rows count', [LOSS, 'focal']],
    ['/training/loss/alpha', 'Alpha', 'name or number', 'what positives count, from 0 to 1, or none', [LOSS, 'focal']],
    ['/training/sampling', 'Sampling', ['', 'natural', 'balanced']],
  ], { [LOSS]: 'bce', '/training/loss/positiveWeight': 1, '/training/loss/labelSmoothing': 0, '/training/sampling': 'natural' }],
  ['Schedule, clipping and precision', [
    [SCHEDULE, 'Schedule', ['', 'constant', 'linear', 'cosine', 'step']],
    ['/training/schedule/warmupSteps', 'Warm-up', 'number', 'steps over which the rate rises'],
    ['/training/schedule/epochs', 'Horizon', 'number', 'epochs until the rate is 0; empty: all of them', [SCHEDULE, 'linear', 'cosine']],
    ['/training/schedule/milestones', 'Milestones', 'numbers', 'epochs after which the rate changes, as 30, 60', [SCHEDULE, 'step']],
    ['/training/schedule/factor', 'Factor', 'number', 'of the rate at each milestone', [SCHEDULE, 'step']],
    ['/training/clipGradientNorm', 'Gradient norm', 'number', 'the largest; empty: any'],
    ['/training/precision', 'Precision', ['', 'float32', 'bfloat16']],
  ], { [SCHEDULE]: 'constant', '/training/schedule/warmupSteps': 0, '/training/schedule/factor': 0.1, '/training/precision': 'float32' }],
];

export const ARM_TYPES = ['default', 'zeros', 'positive_rate', 'constant', 'optimal', 'calibrated'];

export function valueAt(spec, pointer) {
  return pointer.slice(1).split('/').reduce((node, key) => node?.[key], spec);
}

/** Sets a value in place, or removes it if it is undefined. */
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
