# SPDX-License-Identifier: Apache-2.0
"""Bodies of edition 3, the Image API."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from affiche.api.enhancement.schemas import Body, CreateBody, Text, Url, WebhookUrl
from affiche.images.colour import Colour
from affiche.retouch.retoucher import EMPTY_SCENE, FRAMINGS, REMOVE_BACKGROUND, SCENE, TONE
from affiche.retouch.wishes import Wishes
from affiche.service.enhancements.values import MAX_EXTERNAL_ID, MAX_IMAGES, Order, Source
from affiche.studio.prompts import LONGEST
from affiche.studio.variation import COUNT

ON_GROUND: Final = "studio_packshot"
_WHITE: Final = Colour(255, 255, 255)


class InputBody(Body):
    image_url: Url = Field(description="A public http or https address of a JPEG, PNG or WebP of at most 10 MB.")
    external_id: Annotated[Text, Field(min_length=1, max_length=MAX_EXTERNAL_ID)] | None = Field(
        default=None, description="Your own id of the picture, told in job answers and webhooks."
    )

    @property
    def source(self) -> Source:
        return Source(self.image_url, self.external_id)


class OutputBody(Body):
    format: Literal["png"] | None = None


class ClearBody(Body):
    type: Literal["transparent"] | None = None


class RemoveBackgroundBody(CreateBody):
    """The product alone on a clear ground, its colours untouched."""

    input: Annotated[list[InputBody], Field(min_length=1, max_length=MAX_IMAGES)]
    background: ClearBody | None = None
    output: OutputBody | None = None
    webhook_url: WebhookUrl | None = None

    @property
    def order(self) -> Order:
        sources = tuple(each.source for each in self.input)
        return Order(sources, REMOVE_BACKGROUND, webhook_url=self.webhook_url)


class AdjustmentsBody(Body):
    """True asks for it, false forbids it, and without it the background decides: a clear one leaves all as it is."""

    light: bool | None = Field(default=None, description="Exposure.")
    color: bool | None = Field(default=None, description="White balance.")


class GroundBody(Body):
    """What is behind the product; ``original`` leaves the photo its background and its frame."""

    type: Literal["original", "white", "color", "transparent"] | None = None
    color: Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}$")] | None = Field(
        default=None, description="The colour if type is color, as #rrggbb."
    )
    shadow: Literal["natural", "none"] | None = Field(
        default=None, description="Without it, products that stand get one and products that lie get none."
    )

    @model_validator(mode="after")
    def _coloured(self) -> Self:
        if (self.type == "color") != (self.color is not None):
            raise ValueError("color belongs to the type color")
        return self


class OperationsBody(Body):
    adjustments: AdjustmentsBody | None = None
    background: GroundBody | None = None

    @property
    def treatment(self) -> str:
        kind = self.background.type if self.background else None
        return {None: TONE, "original": TONE, "transparent": REMOVE_BACKGROUND}.get(kind, ON_GROUND)

    @property
    def wishes(self) -> Wishes:
        background, adjustments = self.background or GroundBody(), self.adjustments or AdjustmentsBody()
        ground = _WHITE if background.type == "white" else None
        if background.color is not None:
            ground = Colour.from_hex(background.color)
        shadow = {"natural": True, "none": False}.get(background.shadow or "")
        return Wishes(shadow=shadow, ground=ground, light=adjustments.light, colour=adjustments.color)


class EditOutputBody(OutputBody):
    number_of_images: Annotated[int, Field(ge=1, le=len(FRAMINGS))] | None = Field(
        default=None, description="Results for each input, from near to far; more than one needs a new background."
    )


class EditBody(CreateBody):
    """Light, colour, background and shadow. At most 20 results in all."""

    input: Annotated[list[InputBody], Field(min_length=1, max_length=MAX_IMAGES)]
    operations: OperationsBody | None = None
    output: EditOutputBody | None = None
    webhook_url: WebhookUrl | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if self.order.total > MAX_IMAGES:
            raise ValueError("more results than a job may have")
        if self.order.per_source > 1 and self.order.treatment == TONE:
            raise ValueError("the original frame gives one picture only")
        return self

    @property
    def order(self) -> Order:
        operations = self.operations or OperationsBody()
        return Order(
            tuple(each.source for each in self.input),
            operations.treatment,
            webhook_url=self.webhook_url,
            wishes=operations.wishes,
            per_source=(self.output and self.output.number_of_images) or 1,
        )


class SceneOutputBody(OutputBody):
    number_of_images: Annotated[int, Field(ge=1, le=COUNT)] | None = Field(
        default=None, description="Results, each in another light and from another place."
    )


Aspect = Literal["1:1", "4:5", "9:16", "16:9", "3:2", "2:3"]
Prompt = Annotated[Text, Field(min_length=1, max_length=LONGEST)]


class SceneBody(Body):
    prompt: Prompt = Field(description="Surface, backdrop, light: 'on a marble table, soft morning light'.")


class CreateSceneBody(CreateBody):
    """The product in a scene of the studio. ``placement_type`` and ``preference`` change nothing: whatever was
    photographed is set down as a product is."""

    object: InputBody
    scene: SceneBody
    aspect_ratio: Aspect | None = None
    placement_type: Literal["product", "person", "object"] | None = None
    output: SceneOutputBody | None = None
    webhook_url: WebhookUrl | None = None

    @property
    def order(self) -> Order:
        return _scene(SCENE, self.object.source, self.scene.prompt, self.aspect_ratio, self.output, self.webhook_url)


class PromptBody(Body):
    prompt: Prompt = Field(description="A scene; things that the studio does not have are refused.")
    external_id: Annotated[Text, Field(min_length=1, max_length=MAX_EXTERNAL_ID)] | None = None


class GenerateOptionsBody(Body):
    aspect_ratio: Aspect | None = None


class GenerateBody(CreateBody):
    """A scene of the studio with nothing in it."""

    input: PromptBody
    options: GenerateOptionsBody | None = None
    output: SceneOutputBody | None = None
    webhook_url: WebhookUrl | None = None

    @property
    def order(self) -> Order:
        aspect = self.options.aspect_ratio if self.options else None
        source = Source("", self.input.external_id)
        return _scene(EMPTY_SCENE, source, self.input.prompt, aspect, self.output, self.webhook_url)


def _scene(
    treatment: str,
    source: Source,
    prompt: str,
    aspect: Aspect | None,
    output: SceneOutputBody | None,
    webhook_url: str | None,
) -> Order:
    width, _, height = (aspect or "1:1").partition(":")
    return Order(
        (source,),
        treatment,
        instructions=prompt,
        webhook_url=webhook_url,
        wishes=Wishes(aspect=int(width) / int(height)),
        per_source=(output and output.number_of_images) or 1,
    )
