"""Words of the field that mean the same, and words that mean the opposite.

General English and machine-learning usage, written from the vocabulary of the decks and not for single answers.
Each line is a group; a word may stand in several groups. Opposites are pairs of groups, `left >< right`.
Words are compared as stems (`grading.stems`), so one form of a word is enough.
"""

from __future__ import annotations

# ruff: noqa: E501 (a line of the table is a group)

SAME = """
gradient, slope, derivative, partial, dw, dldw
gradient, grad, g, grads, gradient signal
weight, parameter, param, w, coefficient, theta
bias, offset, intercept, b
bias term, offset
learning rate, lr, step size, eta, stepsize, rate, step
step, update, move, iteration
update, change, adjust, modify, tune, move
network, net, nn, model, mlp
neuron, unit, node, cell
layer, stage
data, dataset, sample, example, training set, record, row, point
example, sample, instance, record, row, item, observation, data point, picture, image
feature, input variable, column, attribute, predictor, regressor
feature, representation
batch, minibatch, mini batch, mini-batch, chunk, packet, handful
epoch, pass, full pass
loss, cost, objective, error function, criterion, penalty
error, mistake, miss, residual, deviation, wrong prediction
residual, difference, y - yhat, gap
prediction, output, guess, yhat, forecast, estimate
estimate, approximation, guess
target, label, truth, ground truth, y, true value, right answer, correct answer
label, class, category, tag, topic
class, category, tag
score, logit, raw score, preactivation, pre-activation, z
weighted sum, wx, w x, w.x, dot product, affine, linear combination, wx b, z
activation, nonlinearity, non linearity, activation function
linear, affine, straight line, straight
compose, stack, chain, combine, merge, collapse, fuse
overfit, memorize, learn by heart, fit noise
noise, noisy, random, wobble, jitter, variance, uncertain, calm
random, chance, stochastic, arbitrary, accident, randomly, drawn
expectation, average, mean, expected value, on average
average, mean, avg, typical
moving average, ema, running average, exponential average, running mean, decayed average
momentum, velocity, inertia, running direction, speed
accumulate, sum, pile up, build up, collect, add up, total
sum, total, add, plus, addition
past, previous, earlier, older, history, last, former, before
memory, vram, ram, storage, space
memory, state, history, buffer, remember, memoryless
keep, store, hold, save, remember, retain, preserve
decay, fade, shrink, forget, fall off, die out, weaken
shrink, reduce, lower, pull toward zero, decrease, scale down, smaller
vanish, tiny, disappear, fade, die, shrink, go to zero, too small
explode, blow up, huge, overflow, grow without bound, nan, diverge, inf
diverge, blow up, overshoot, bounce, unstable
oscillate, zigzag, zig zag, jump back and forth, bounce, swing, jitter
converge, settle, arrive
slow, crawl, take long, ages, forever
fast, quick, speed up, accelerate, rapid
cheap, inexpensive, fast, quick, low cost, little compute, cost less
expensive, costly, cost, compute heavy
compute, calculate, computation, compute power, calculation, work out, evaluate
gpu, graphics card, accelerator, hardware, vram
backpropagation, backprop, backward, backward pass, loss.backward, chain rule
forward, forward pass, inference
chain rule, multiply local derivatives, product of derivatives
multiply, times, product, multiplication, scale, factor
divide, over, ratio, quotient, normalize, division, div, per
square, squared, quadratic, power of two, quadratically
root, square root, sqrt, rms
absolute, magnitude, abs, without sign, absolute value, modulus
sign, direction, positive or negative, up or down
direction, way, which way, where
size, magnitude, length, how far, how large, how big, amount, scale, distance
squash, sigmoid, logistic, s shape
sigmoid, logistic, logistic function, expit
softmax, normalized exponential, normalise across classes
saturate, flat, flatten, plateau, go flat
flat, wide, plateau
zero, 0, nothing, vanish, null
one, 1, single, only one
single, individual, lone, one
two, 2, both, pair, couple
three, 3
four, 4, quadruple
ten, 10, tenfold
twice, double, two times, 2x
half, halve, 0.5
multi label, multilabel, several labels, several tags, multiple tags, any-of-many, tagging, not exclusive
exclusive, exactly one class, one-of-many, only one, single class, one right class, exclude each other
binary, two class, yes no, yes or no, two classes
independent, separate, own, each, by itself, on its own
threshold, cutoff, cut off, cut-off, boundary
probability, chance, likelihood, confidence, odds, proba
calibrated, trustworthy, real probability, reliable, calibration
overconfident, too confident, overconfidence
likelihood, maximum likelihood, log likelihood, nll, log loss, mle
cross entropy, ce, log loss, crossentropy
binary cross entropy, bce, log loss
mse, mean squared error, squared error, quadratic loss
mae, mean absolute error, absolute error, l1 loss
outlier, extreme value, corrupt row, bad record, junk, wrong label, extreme
robust, resist, insensitive, tolerate, shrug off, not bother, stable
sensitive, dominate, drag, pull, wreck, affected, distort, influence, hurt
punish, penalize, penalty, weigh, hurt, cost, expensive
gaussian, normal, bell shaped, bell curve, normally distributed
differentiable, smooth, no kink, no corner, derivative exists
kink, corner, not differentiable, edge, bend
constant, same, fixed, unchanged, identical, equal
same, equal, identical, alike, common, shared
shared, reuse, same weights, tied, weight sharing, used everywhere
initial, start, begin, initialize, beginning, initialization
end, final, last, top, output
early, first, beginning, start, lower, close to the input, initial
late, deep, higher, upper, end, later, above
deep, many layers, stacked, depth, lots of layers, hundred layers
many, lot, lots, several, multiple, much, plenty, dozens, hundreds, thousands, tons
few, handful, small number, couple, little
all, every, whole, entire, full, complete, everything, any
whole, full, entire, complete, all
only, just, merely, solely, nothing but, purely
always, ever, in every case, all the time, every time, whatever
always, whatever, regardless, no matter, any
often, usually, mostly, typically, frequently, in most cases, generally, tend
sometimes, occasionally, can, may
never, not ever, at no time
need, require, must, necessary, demand, mandatory, have to
allow, enable, let, make possible, permit
avoid, prevent, stop, without, get rid, eliminate, remove, fix, against
prevent, protect, guard, keep from
help, improve, better, useful, benefit, win
cause, lead, produce, result, give, make, bring, yield
choose, pick, select, decide, set, take, choice
choose, chosen, by hand, human choice, design, decide
hand, manual, human, hand-crafted, handcrafted, hand made, handmade, by hand, myself, manually, engineer, hand-designed
design, craft, invent, think up, come up with, write down, create
learn, train, fit, optimize, trainable, adapt
learned, trained, trainable, fitted, optimized
automatic, by itself, alone, on its own, by themselves, itself
simple, basic, easy, plain, vanilla, crude, small thing
plain, vanilla, basic, standard, ordinary, pure
complex, complicated, sophisticated, expressive
pattern, structure, relationship, regularity, signal, real signal, rule
edge, line, simple pattern, stroke, simple stuff, local thing
object, part, bigger thing, shape, complex pattern, entire object
hierarchy, level, combine, build on, compose
combine, mix, blend, put together, join, add together, build
vision, image, picture, photo, pixel, perception
text, language, word, natural language, nlp
audio, speech, sound, voice
table, tabular, spreadsheet, structured data, business table, columns
tree, boosting, gradient boosting, xgboost, random forest, boosted tree
traditional, classical, classic, old school, conventional
pretrained, pre trained, fine tune, finetune, transfer learning, backbone, pre-trained
scratch, zero start, random weights, random initialization, from zero
fine tune, finetune, adapt, continue training
freeze, frozen, keep fixed, locked, not update
interpret, explain, inspect, understand, readable, transparent
overfitting, memorization, high variance
underfitting, high bias, too simple
generalize, generalization, new data, unseen, fresh data, test performance
unseen, new, held out, fresh, not seen, hasn't seen, held back, test
train, training, seen
validation, val, dev, held out, held-out, dev set, held back
test, test set, held out, final check, last check
gap, difference, distance, much worse, far apart, diverge
performance, accuracy, quality, result, score, metric
good, great, excellent, well, perfect, low error, nearly perfect
bad, poor, badly, worse, terrible, high error, fail
leak, leakage, contaminate, peek, see the test
peek, look, see, touch
biased, optimistic, too good, overestimate, inflated
unbiased, right on average, correct on average, true on average, no systematic error, in expectation
capacity, complexity, flexible, expressive, size, number of parameters
regularize, regularization, dropout, weight decay, l2, constrain
weight decay, l2, l2 regularization, ridge, wd, decay
l1, lasso, absolute penalty
lasso, l1 regularization
sparse, many zeros, mostly zero, zeros, sparsity
feature selection, subset of features, select features, drop features
dropout, drop units, switch off units, turn off neurons, zero out
drop, switch off, turn off, disable, zero out, deactivate, remove, mask
augment, augmentation, flip, crop, rotate, transform
early stopping, stop early, stop training, stop earlier
patience, wait
ensemble, averaging models, committee, many models, subnetworks
noise injection, add noise
scale, rescale, multiply, stretch, factor
normalize, standardize, zero mean, unit variance, normalise, center and scale
variance, spread, std, standard deviation, sigma
standard deviation, std, sigma, root of variance
statistics, mean and variance, running mean, running statistics
inference, test time, evaluation, eval, prediction time, deployment, production, serving
training time, during training, train mode
batchnorm, batch norm, bn, batch normalization
layernorm, layer norm, ln, layer normalization
gamma, scale parameter, learned scale
beta, shift parameter, learned shift
stable, stability, stabilize, steady, calm, smooth
unstable, instability
position, order, location, place, sequence order, where
order, sequence, permutation, arrangement
sequence, series, time series, sentence, text, order
time step, timestep, t, step by step
recurrent, rnn, loop, feedback
hidden state, h, memory, state
lstm, long short term memory, gated
gate, gating, control, valve, sigmoid gate
forget, erase, throw away, discard, reset
long range, far apart, distant, long-term, long term, far away, far back
parallel, at once, simultaneously, same time, parallelize, in one go, together
sequential, one after another, step by step, one by one, after each other, one at a time
attention, attend, weigh, focus
query, q, question
key, k
value, v
similarity, dot product, match, relevance, how well, compatibility
weigh, weighted, weighting, mix
weighted average, weighted sum, weighted mixture, mix
mask, hide, block, cover, minus infinity, -inf
causal, left to right, only earlier, look ahead, future
future, later, ahead, next
embedding, vector, dense vector, representation
embedding, lookup, lookup table
token, word, subword
head, subspace
encoder, encode, reads
decoder, decode, generate
transformer, attention model
convolution, conv, cnn, convnet, filter
filter, kernel, sliding window, window, template
slide, move across, sweep, pass over, shift over, go over
stride, jump, step of the filter, skip
padding, pad, zeros around, border, zeros at the edge
channel, depth, color, rgb, feature map
feature map, activation map, output map, map, response
spatial, resolution, height width, width, height, size
downsample, shrink, reduce resolution, halve, pool, smaller, subsample
pooling, max pool, downsample, pool
max, maximum, largest, biggest, strongest, highest
min, minimum, smallest, least, lowest
receptive field, sees, area, view, context
local, nearby, neighborhood, neighbouring, adjacent, close, small region
shift, translate, move, translation
equivariant, shifts with, moves along
invariant, does not change, unaffected, independent, stays the same
region, patch, area, neighborhood, window
residual, skip connection, shortcut, skip, identity path, identity
skip, shortcut, bypass
identity, unchanged, copy, pass through
highway, path, route, flow, direct way
dense, fully connected, fc, linear layer
global average pooling, gap
parameter count, number of weights, number of parameters, how many parameters
count, number, how many, amount
generator, generate, make, create, produce, fake
discriminator, critic, judge, detective, tell apart
fake, generated, synthetic, made up
real, true, genuine, actual
mode collapse, same sample, little variety, no diversity
diversity, variety, different outputs
distribution, density, prior
latent, code, hidden vector, z, bottleneck
reconstruct, rebuild, restore, decode, recreate
compress, squeeze, bottleneck, encode, smaller representation
denoise, remove noise, noise removal, clean up
diffusion, noising, gradually noise
kl, kl divergence, kullback leibler, divergence
vae, variational autoencoder
gan, generative adversarial network
teacher, large model, big model
student, small model
distill, teacher student, soft targets
precision, tp over tp fp, of the predicted positives, flagged ones that are right, correct alarms
recall, sensitivity, tpr, true positive rate, tp over tp fn, found, caught, catch
positive, pos, yes, flagged, alarm
negative, neg, no class
false positive, fp, false alarm, wrong alarm
false negative, fn, miss, missed positive
true positive, tp, hit
true negative, tn
harmonic mean, f1
imbalance, rare, unbalanced, skewed, rare positives, few positives, minority, imbalanced
majority, common class, most frequent class
base rate, prevalence, share of positives, prior, constant prediction
auc, area under curve, roc auc
roc, tpr against fpr
rank, order, sort, ranking
threshold free, over all thresholds, every threshold, all cutoffs
trade off, tradeoff, balance, compromise, at the expense
fraction, share, percentage, percent, proportion, portion, ratio, rate, part
proportional, linear in, in proportion, grows with
cross validation, cv, k fold, kfold, folds
fold, part, split
split, divide, partition, separate
stratify, same class proportion, class ratio
group, same user, same patient, customer
shuffle, random order, mix
bootstrap, resample, confidence interval
confidence interval, error bar, uncertainty
metric, measure, score
hyperparameter, setting, knob, configuration
tune, search, try, sweep, adjust
grid search, grid, try all combinations
random search, sample configurations
schedule, decay, cosine, anneal, warmup, lower the rate
warmup, warm up, warm-up, ramp up, start small
clip, cap, limit, cut, bound, truncate
accumulate, accumulation, gradient accumulation
device, gpu, machine, worker
distributed, data parallel, several gpus, multiple devices
mixed precision, fp16, bf16, half precision, float16
global, overall, whole
global minimum, best solution, lowest point, global optimum
minimum, optimum, valley, bottom, lowest point
guarantee, promise, assure, sure, certain
saddle, saddle point
convex, bowl, one minimum
curvature, hessian, second derivative
adaptive, per parameter, per weight, own rate, individual rate, each weight
adam, adaptive moment
first moment, momentum part, average of gradient, m
second moment, average of squared gradient, v, g^2, squared gradient
bias correction, bias corrected, mhat, divide by 1 - beta
descent, go down, downhill, minimize, step against
minimize, lower, reduce, decrease, bring down, drive down
against, minus, opposite, negative, downhill
subtract, minus, take away, take off, take out
log, logarithm
exponential, exp, exponentiate, e power, power, e
infinity, infinite, inf, unbounded
limit, bound, bounded, between
between 0 and 1, 0 to 1, unit interval, in (0,1)
sum to one, add up to 1, totals 1, make 1, 100%, sum is 1, sum is one
range, interval, between, from to
symmetric, symmetry, same way, identical
break, destroy, spoil, hurt
work, function, operate, run
use, apply, employ, take, utilize
apply, put, act on, use
compare, comparison, next to, beside, against, versus
depend, relate, vary with, function of, conditional
conditional, given, y given x, depends
unit, euro, dollar, scale, squared unit
compete, push down, at the expense, coupled, force to share
dead, dying, die, never recover, stuck, never fire
stuck, trapped, stay
dead unit, dead neuron, dying relu
relu, rectified linear, max(0,x), max of zero
gelu, silu, swish, swiglu, leaky relu, leaky, elu, modern activation
hidden layer, middle of the net, inside
depth, number of layers, deep
xor, not linearly separable
boundary, decision boundary, border
approximate, represent, express, model any
universal, any function, arbitrary function
monte carlo, sampling, sample
environment, world
agent, player
reward, return, payoff
policy, strategy
explore, try new, exploration
exploit, best known
supervised, labeled, labelled
unsupervised, without labels, unlabeled
cluster, group
static, fixed graph
dynamic, on the fly, define by run, eager
compile, jit, graph
numerical, numeric, floating point, float
precision, accuracy of numbers
stable numerically, numerical stability, no overflow, underflow
duplicate, same record, copy
missing, absent, lack, no, without
different, differ, vary, other, not the same, vary
important, matter, relevant, crucial, key
strong, strength, heavy, powerful, strongly
weak, weakly, light, mild
correct, right, accurate, true, exact
wrong, incorrect, false, mistaken, error
exact, precise, exactly, precisely, completely
rough, approximate, nearly, about, almost, close
problem, issue, trouble, difficulty, drawback, downside
solution, fix, remedy, cure, against, help
reason, why, because
example, instance, e.g.
know, aware, see
separate, distinct, apart
stop, halt, end, quit
rest, remaining, other, leftover
repeat, again, many times, over and over
gradual, slowly, little by little, step by step
border, rim, edge pixel, corner, outskirts, margin, edge
detect, find, recognize, spot, discover, detector
alternate, in turn, one after the other, take turns, turn by turn, in turns
adversarial, against each other, game, fight, opponent, compete
plane, channel, map, feature map, depth
grid, map, matrix, array, 2d
learned, come out of training, trainable, found by gradient descent, from training, by backprop
look for, search, seek, ask
offer, provide, advertise, have to offer
hand over, pass on, deliver, carry, pass
content, information, info
annotate, label
unchanged, keep, preserve, same, stay, never change
retrain, train again, rerun, rerun the training, fit again, new run, start over
wipe out, forget, lose, overwrite, destroy
optuna, search, bayesian optimization, hyperparameter search, sweep, trials, try
stronger, better, beat, lead, shine, best, superior
people, human, engineer, somebody, domain expert, expert, someone, person
raw, raw data, pixel, direct from, files
together, jointly, in one, at the same time, end to end
end to end, jointly, together, one training run
interpret, explain
share, reuse, everywhere, at every position, every place, all positions, each location, each place
position, place, location, where, spot
window, patch, small part, few neighbouring, neighbourhood, region, neighborhood
tuple, pair, pairs
positive, real one, actual, sick, true case
find, catch, get, reach, found, caught
flag, predict positive, alarm, say yes
miss, let go, overlook, get away
costly, expensive, catastrophe, cost, high cost, hurt, danger
common, frequent, usual
usual, default, standard, typical, go to, reach for, most common
strong default, good choice, default, go to choice
variety, diverse, diversity, different
collapse
delicate, fiddly, hard to train, unstable, difficult to train
risk, danger, go wrong, threat, pitfall
head, last layer, classifier, new head, output layer, final layer
backbone, trunk, base, body, feature extractor
low learning rate, tiny lr, small step, small learning rate
domain, field, area, topic
task, job, problem, purpose
source, origin
adapt, adjust, specialise
model, algorithm, system
person, patient, user, customer
run, trial, experiment
reflect, mirror
replicate, copy, repeat
preserve, keep size, same size, unchanged, retain
spread, distribute
sensible, reasonable, good
measure, quantify, assess, evaluate, judge
tell, indicate, show, say, reveal, express
present, there, occur, exist
heat map, activation, response
plain, no state, memoryless, stateless
subset, part, small part, portion, some
full, complete, exact, true
mostly, largely, main
proxy, surrogate, stand in, substitute
aim, goal, purpose, target
sequence to sequence, translation, seq2seq
cross attention, encoder decoder attention
self attention, attend to itself
feed forward, ffn, feedforward, mlp
multi head, multihead, several heads, many heads
positional encoding, position embedding, positional, position information, rope
layer norm, layernorm
skip connection, residual connection, residuals, shortcut
context, surrounding, neighbours, rest of the sentence
meaning, sense, semantics
static, fixed, same for all
contextual, depends on context
similar, close, near, alike, related
dense vector, vector, row of numbers, list of numbers
one hot, onehot, indicator vector
vocabulary, vocab, dictionary, word list
dimension, size, width, length
tend, lean, likely
reconstruction, rebuild, copy of the input
code, latent, bottleneck, small vector, compressed, vector
condition, given, prompt, guided
likelihood, how likely, density, probability of the data
autoregressive, token by token, one token at a time, next token, gpt
normalizing flow, flow, invertible
generate, sample new, create new, produce, make new
discriminative, classifier, boundary between classes
capture, model, learn
unit interval, between zero and one
row, actual, true class
column, predicted
diagonal, diag
cell, entry, count, field, square
accuracy, share correct, how many right, fraction right, how many were correct
correct, right, hit, true
proportion, ratio, rate
equal, same, match
unequal, different, differ
mean, average
median, middle
variability, spread, standard deviation, how much they differ
held out, left out, out, test fold
leftover, rest, remaining, others
untouched, unseen, not used, kept aside
optimistic, inflated, too good
final, at the very end, last
resample, oversample, undersample, balance
class weights, weight the loss, weighting the classes
time order, chronological, past and future, by date
independent, not related, iid
assumption, assume, presuppose
cutoff, threshold, knob, cut
stricter, higher threshold, raise the threshold, set it higher, lift the threshold
"""

OPPOSITE = """
increase, grow, rise, go up, larger, more, bigger, higher, raise, greater, widen, large, big, high, huge >< decrease, shrink, fall, drop, go down, smaller, less, fewer, lower, reduce, small, tiny, low, little
better, improve, good, well, great >< worse, degrade, bad, poor, hurt, badly
always, every time, all >< never, none
before, earlier, prior >< after, afterwards, later, then
first, early >< last, late
fast, quick, cheap >< slow, slowly, expensive, costly
positive, plus >< negative, minus
maximize >< minimize
maximum, max, largest, highest >< minimum, min, smallest, lowest
overfit, overfitting >< underfit, underfitting
training, train >< test, validation, inference, eval
easy, simple >< hard, difficult, complex
linear >< nonlinear, non linear, nonlinearity, curved
robust, insensitive >< sensitive
dependent, coupled >< independent
biased >< unbiased
stable >< unstable
sharp, peaky, spiky, peaked >< flat, smooth, soft, uniform
many, several, multiple, lots >< few, single, one
right, correct, true >< wrong, incorrect, false
possible, can >< impossible, cannot
local >< global
input >< output
precision >< recall
mean, average >< median
multiply >< divide
add >< subtract
encode, encoder >< decode, decoder
bias >< variance
supervised, labeled >< unsupervised, unlabeled
rare, minority >< majority, common
sparse >< dense
parallel, at once >< sequential, one after another
trainable, learned, trained >< frozen, fixed, untrained
necessary, required, mandatory >< optional, unnecessary
"""
