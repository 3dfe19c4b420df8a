"""Show the images of an enterprise: its logo, its photographs, at their two sizes. `annuaire.sharing` writes them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from annuaire import urls
from annuaire.catalogue.index import Catalogue
from annuaire.catalogue.model import LOGO, PHOTO, Enterprise, Image
from annuaire.photos.decoding import LARGE, SMALL, Measured


@dataclass(frozen=True, slots=True)
class Shown:
    """Show one image: address, width and height in pixels of its small size, then of its large one."""

    small: str
    small_width: int
    small_height: int
    large: str
    large_width: int
    large_height: int
    alt: str
    credit: str
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Hold the images of an enterprise; most have none."""

    logo: Shown | None = None
    photos: tuple[Shown, ...] = ()

    @property
    def first(self) -> Shown | None:
        """Give the one that stands for the enterprise on a line of a list."""
        return self.logo or (self.photos[0] if self.photos else None)


NONE = Pictures()


def published(catalogue: Catalogue, e: Enterprise) -> tuple[tuple[Image, Measured], ...]:
    """List the images that may be shown, as measured: none that is at fault, no photograph of a hidden place."""
    found = catalogue.images.get(e.slug, {}) if e.images else {}
    return tuple(
        (image, found[image.fichier])
        for image in e.images
        if image.fichier in found
        and not found[image.fichier].fault
        and not (e.adresse_confidentielle and image.genre == PHOTO)
    )


@lru_cache(maxsize=16_384)
def pictures(catalogue: Catalogue, slug: str) -> Pictures:
    """Give the images of an enterprise, by its slug."""
    e = catalogue.by_slug[slug]
    if not e.images:
        return NONE
    shown = [(image.genre, _shown(e.slug, image, measured)) for image, measured in published(catalogue, e)]
    return Pictures(
        next((one for genre, one in shown if genre == LOGO), None),
        tuple(one for genre, one in shown if genre == PHOTO),
    )


def _shown(slug: str, image: Image, measured: Measured) -> Shown:
    return Shown(
        urls.image(slug, image.fichier, SMALL, measured.ending),
        *measured.within(SMALL),
        urls.image(slug, image.fichier, LARGE, measured.ending),
        *measured.within(LARGE),
        image.alternative,
        image.credit,
        image.legende,
    )
