# SPDX-License-Identifier: Apache-2.0
"""Inpainting pipelines of the real classes with tiny random weights, saved as diffusers saves them: what they paint is
noise, but everything from the index of a folder to the last pixel is the real way."""

import json
from pathlib import Path
from typing import Any

WORDS = ("p r", "pr o", "pro d</w>", "t a", "ta b", "b l", "o n</w>", "w o", "wo o")


def _byte_letters() -> list[str]:
    """The letters that stand for bytes in vocabularies of byte-pair encodings, in their usual order."""
    printed = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in printed]
    return [*map(chr, printed), *(chr(256 + k) for k in range(len(others)))]


def _clip(folder: Path) -> tuple[Any, Any]:
    """A tokenizer, and a maker of text encoders."""
    from transformers import CLIPTextConfig, CLIPTokenizer

    letters = _byte_letters()
    tokens = [*letters, *(letter + "</w>" for letter in letters), *(pair.replace(" ", "") for pair in WORDS)]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({token: k for k, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n" + "\n".join(WORDS) + "\n")
    tokenizer = CLIPTokenizer(str(folder / "vocab.json"), str(folder / "merges.txt"), model_max_length=77)
    size = len(tokens)

    def encoder(kind: Any) -> Any:
        config = CLIPTextConfig(
            bos_token_id=size - 2, eos_token_id=size - 1, pad_token_id=size - 1, hidden_size=32, intermediate_size=37,
            num_attention_heads=4, num_hidden_layers=2, vocab_size=size, projection_dim=32, hidden_act="gelu",
        )  # fmt: skip
        return kind(config)

    return tokenizer, encoder


def _vae(**named: Any) -> Any:
    from diffusers import AutoencoderKL

    return AutoencoderKL(
        block_out_channels=(32, 64), in_channels=3, out_channels=3, down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=4, **named,
    )  # fmt: skip


def _unet(**named: Any) -> Any:
    from diffusers import UNet2DConditionModel

    return UNet2DConditionModel(
        block_out_channels=(32, 64), sample_size=32, in_channels=9, out_channels=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        **named,
    )  # fmt: skip


def sd15(folder: Path) -> Path:
    """Stable Diffusion 1.5 for filling in."""
    from diffusers import DDIMScheduler, StableDiffusionInpaintPipeline
    from transformers import CLIPTextModel

    _seeded()
    tokenizer, encoder = _clip(folder / "words")
    made = StableDiffusionInpaintPipeline(
        vae=_vae(), text_encoder=encoder(CLIPTextModel), tokenizer=tokenizer,
        unet=_unet(layers_per_block=1, cross_attention_dim=32),
        scheduler=DDIMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear", steps_offset=1),
        safety_checker=None, feature_extractor=None, requires_safety_checker=False,
    )  # fmt: skip
    return _saved(made, folder / "sd15")


def sdxl(folder: Path) -> Path:
    """Stable Diffusion XL for filling in."""
    from diffusers import EulerDiscreteScheduler, StableDiffusionXLInpaintPipeline
    from transformers import CLIPTextModel, CLIPTextModelWithProjection

    _seeded()
    tokenizer, encoder = _clip(folder / "words")
    unet = _unet(
        layers_per_block=2, attention_head_dim=(2, 4), use_linear_projection=True, addition_embed_type="text_time",
        addition_time_embed_dim=8, transformer_layers_per_block=(1, 2), projection_class_embeddings_input_dim=80,
        cross_attention_dim=64,
    )  # fmt: skip
    made = StableDiffusionXLInpaintPipeline(
        vae=_vae(), text_encoder=encoder(CLIPTextModel), text_encoder_2=encoder(CLIPTextModelWithProjection),
        tokenizer=tokenizer, tokenizer_2=tokenizer, unet=unet,
        scheduler=EulerDiscreteScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"),
    )  # fmt: skip
    return _saved(made, folder / "sdxl")


def flux_fill(folder: Path) -> Path:
    """FLUX Fill."""
    from diffusers import FlowMatchEulerDiscreteScheduler, FluxFillPipeline, FluxTransformer2DModel
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import CLIPTextModel, T5Config, T5EncoderModel, T5TokenizerFast

    _seeded()
    tokenizer, encoder = _clip(folder / "words")
    pieces = [
        ("<pad>", 0.0),
        ("</s>", 0.0),
        ("<unk>", 0.0),
        *((letter, -2.0) for letter in "▁abcdefghijklmnopqrstuvwxyz"),
    ]
    words = Tokenizer(models.Unigram(pieces, unk_id=2))
    words.pre_tokenizer = pre_tokenizers.Metaspace()
    second = T5TokenizerFast(
        tokenizer_object=words, model_max_length=64, pad_token="<pad>", eos_token="</s>", unk_token="<unk>", extra_ids=0
    )
    transformer = FluxTransformer2DModel(
        patch_size=1, in_channels=48, out_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16,
        num_attention_heads=2, joint_attention_dim=32, pooled_projection_dim=32, axes_dims_rope=(4, 4, 8),
        guidance_embeds=True,
    )  # fmt: skip
    made = FluxFillPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        vae=_vae(use_quant_conv=False, use_post_quant_conv=False, shift_factor=0.06, scaling_factor=1.5),
        text_encoder=encoder(CLIPTextModel), tokenizer=tokenizer,
        text_encoder_2=T5EncoderModel(T5Config(vocab_size=64, d_model=32, d_kv=8, d_ff=37, num_layers=2, num_heads=4)),
        tokenizer_2=second, transformer=transformer,
    )  # fmt: skip
    return _saved(made, folder / "flux_fill")


def flux2_klein(folder: Path) -> Path:
    """FLUX.2 klein, whose words are read by the middle layers of a language model."""
    from diffusers import (
        AutoencoderKLFlux2,
        FlowMatchEulerDiscreteScheduler,
        Flux2KleinPipeline,
        Flux2Transformer2DModel,
    )
    from transformers import Qwen2TokenizerFast, Qwen3Config, Qwen3ForCausalLM

    _seeded()
    specials = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
    tokens = [*_byte_letters(), *specials]
    tokenizer = Qwen2TokenizerFast(
        vocab={token: k for k, token in enumerate(tokens)}, merges=[], pad_token=specials[0], eos_token=specials[2]
    )
    tokenizer.chat_template = (
        "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n{% endfor %}"
    )
    reader = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(tokens), hidden_size=16, intermediate_size=16, num_hidden_layers=28, num_attention_heads=2,
            num_key_value_heads=1, head_dim=8,
        )
    )  # fmt: skip
    transformer = Flux2Transformer2DModel(
        in_channels=16, num_layers=1, num_single_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=48, timestep_guidance_channels=16, axes_dims_rope=(4, 4, 4, 4), guidance_embeds=False,
    )  # fmt: skip
    vae = AutoencoderKLFlux2(
        block_out_channels=(32, 64), down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2, latent_channels=4, layers_per_block=1,
    )  # fmt: skip
    made = Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(), vae=vae, text_encoder=reader, tokenizer=tokenizer,
        transformer=transformer,
    )  # fmt: skip
    return _saved(made, folder / "flux2_klein")


def qwen_image_edit(folder: Path) -> Path:
    """Qwen-Image-Edit, which looks at the picture as well as reading the words."""
    from diffusers import (
        AutoencoderKLQwenImage,
        FlowMatchEulerDiscreteScheduler,
        QwenImageEditPipeline,
        QwenImageTransformer2DModel,
    )
    from transformers import (
        Qwen2_5_VLConfig,
        Qwen2_5_VLForConditionalGeneration,
        Qwen2TokenizerFast,
        Qwen2VLImageProcessor,
        Qwen2VLProcessor,
        Qwen2VLVideoProcessor,
    )

    _seeded()
    marks = ("vision_start", "vision_end", "image_pad", "video_pad")
    specials = ["<|endoftext|>", "<|im_start|>", "<|im_end|>", *(f"<|{mark}|>" for mark in marks)]
    ids = {token: k for k, token in enumerate([*_byte_letters(), *specials])}
    tokenizer = Qwen2TokenizerFast(
        vocab=ids, merges=[], pad_token=specials[0], eos_token=specials[2],
        additional_special_tokens=[specials[1], *specials[3:]],
    )  # fmt: skip
    size = {"hidden_size": 16, "intermediate_size": 16}
    reader = Qwen2_5_VLForConditionalGeneration(
        Qwen2_5_VLConfig(
            text_config=size | {
                "vocab_size": len(ids), "num_hidden_layers": 2, "num_attention_heads": 2, "num_key_value_heads": 1,
                "bos_token_id": ids[specials[0]], "eos_token_id": ids[specials[2]],
                "rope_parameters": {"rope_type": "default", "mrope_section": [1, 1, 2], "rope_theta": 1e6},
            },
            vision_config=size | {
                "depth": 2, "num_heads": 2, "out_hidden_size": 16, "patch_size": 14, "fullatt_block_indexes": [1],
            },
            vision_start_token_id=ids["<|vision_start|>"], vision_end_token_id=ids["<|vision_end|>"],
            image_token_id=ids["<|image_pad|>"], video_token_id=ids["<|video_pad|>"],
        )
    )  # fmt: skip
    processor = Qwen2VLProcessor(
        image_processor=Qwen2VLImageProcessor(max_pixels=28 * 28 * 16), tokenizer=tokenizer,
        video_processor=Qwen2VLVideoProcessor(),
    )  # fmt: skip
    vae = AutoencoderKLQwenImage(
        base_dim=8, z_dim=4, dim_mult=[1, 2, 2, 2], num_res_blocks=1, temperal_downsample=[False, True, True],
        latents_mean=[0.0] * 4, latents_std=[1.0] * 4,
    )  # fmt: skip
    transformer = QwenImageTransformer2DModel(
        patch_size=2, in_channels=16, out_channels=4, num_layers=1, attention_head_dim=16, num_attention_heads=2,
        joint_attention_dim=16, axes_dims_rope=(4, 6, 6),
    )  # fmt: skip
    made = QwenImageEditPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True), vae=vae, text_encoder=reader,
        tokenizer=tokenizer, processor=processor, transformer=transformer,
    )  # fmt: skip
    return _saved(made, folder / "qwen_image_edit")


def _seeded() -> None:
    import torch

    torch.set_num_threads(1)
    torch.manual_seed(0)


def _saved(pipeline: Any, folder: Path) -> Path:
    pipeline.save_pretrained(folder, safe_serialization=True)
    return folder
