"""Which module holds which families, in the order of listing, so that one is asked without the others.

A family missing here is found all the same, by loading every module; a test holds the table complete.
"""

from __future__ import annotations

from collections.abc import Mapping

MODULES: Mapping[str, str] = {
    "softmax": "softmax softmax-temperature",
    "activations": "sigmoid sigmoid-derivative tanh relu-family",
    "neurons": "neuron gradient-product",
    "losses_regression": "mse rmse mae huber",
    "losses_classification": "cross-entropy ce-from-logits bce hinge",
    "losses_information": "focal entropy-kl-perplexity label-smoothing",
    "gradient_steps": "gd-step gd-quadratic momentum-step",
    "adaptive_steps": "rmsprop-step adam-step adamw-decay",
    "schedules": "lr-schedule",
    "regularisation": "grad-clip l1-l2 weight-decay",
    "training": "batch-counts init-std dropout-scale",
    "backpropagation": "backprop-tiny backprop-sigmoid softmax-ce-grad",
    "convolution_sizes": "conv-output same-padding pool-output transposed-conv",
    "convolution_counts": "conv-params conv-macs depthwise",
    "convolution_values": "conv-values edge-kernel pooling",
    "convolution_areas": "receptive-field iou",
    "layer_counts": "dense-params flatten-fc norm-params",
    "normalisation": "batchnorm layernorm-rmsnorm bn-running",
    "recurrent": "rnn-params rnn-step lstm-step gru-step",
    "attention": "attention-weights causal-mask",
    "transformer_sizes": "transformer-params head-dim embedding-size vit-patches",
    "embeddings": "cosine sinusoidal-pe",
    "evaluation_counts": "confusion-metrics base-rate",
    "evaluation_f_scores": "fbeta macro-micro-f1",
    "evaluation_scores": "roc-auc-pairs threshold-pr ece",
    "evaluation_regression": "r2",
    "evaluation_splits": "kfold-sizes cv-score stratified-counts timeseries-split",
    "generative_models": "gan-loss optimal-d diffusion-forward cfg",
    "autoencoders": "vae-kl autoencoder-ratio",
    "rewards": "discounted-return",
    "trees": "tree-impurity",
    "language_model_memory": "kv-cache model-memory lora-params int8-quant",
    "language_model_training": "train-flops chinchilla moe-active",
    "language_model_serving": "sampling-set speculative",
    "language_model_quality": "perplexity retrieval-metrics",
    "language_model_preferences": "dpo-loss grpo-advantage",
}
"""Module -> the names of its families, separated by spaces."""
