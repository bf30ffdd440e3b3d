"""The reading half of an import: a file and options in, products and refusals out, in the order of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.importing.amounts import Conversion, parse_conversions, parse_currency
from catalog.importing.assembly import Bench, Taken, assemble_product
from catalog.importing.columns import Columns, count_known, parse_mapping, settle_columns
from catalog.importing.errors import CellRefused, OptionRefused
from catalog.importing.formats import Format, Frame
from catalog.importing.grouping import MOST_ROWS, Group, Survey, group_rows, survey_source
from catalog.importing.plain import PlainFormat
from catalog.importing.records import Outcome, Refusal
from catalog.importing.rows import Source
from catalog.importing.shopify import ShopifyFormat
from catalog.importing.sources import open_source
from catalog.importing.translations import Translations, read_translations
from catalog.importing.vocabulary import FORMATS
from catalog.importing.woocommerce import WooCommerceFormat

_FORMATS: dict[str, Callable[[Frame], Format]] = {
    "plain": PlainFormat,
    "shopify": ShopifyFormat,
    "woocommerce": WooCommerceFormat,
}


@dataclass(frozen=True)
class ReadingOptions:
    """What the person who imports says about the file. `currency` is that of prices that do not tell theirs."""

    format: str = "auto"
    mapping: tuple[str, ...] = ()
    conversions: tuple[str, ...] = ()
    currency: str = ""
    default_currency: str = "INR"
    translations: Path | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class ReadingFacts:
    """What was found out or assumed before the first product; for the report."""

    kind: str
    encoding: str
    format: str
    rows: int
    currency: str
    currency_reason: str
    columns: tuple[tuple[str, str], ...]
    ignored_columns: tuple[str, ...]


class CatalogReading:
    """A catalogue file that was opened and looked through once. `outcomes()` may be walked several times.

    Raises CatalogFileRefused where the file as a whole cannot be read, OptionRefused for senseless options.
    """

    def __init__(self, path: Path, options: ReadingOptions):
        if options.format not in FORMATS:
            raise OptionRefused(f"{options.format!r} is not a format; there are: {', '.join(FORMATS)}")
        self._conversions = parse_conversions(options.conversions)
        mapping = parse_mapping(options.mapping)
        currency, reason = _settle_currency(options, self._conversions)
        self._source = open_source(path, count_known=count_known, encoding=options.encoding)
        columns = settle_columns(self._source.headings, format=options.format, mapping=mapping)
        self._format: Format = _FORMATS[columns.format](Frame(columns, currency))
        self._survey = survey_source(self._source, self._format)
        self._translations = read_translations(options.translations) if options.translations else Translations()
        self.facts = _describe(self._source, columns, self._survey, currency, reason)

    def outcomes(self) -> Iterator[Outcome]:
        """Products, and refusals of products, rows and translations."""
        yield from self._translations.refusals
        columns = self._format.frame.columns
        taken = Taken(given=self._survey.gives_handle)
        bench = Bench(columns, self._conversions, self._translations.by_handle, taken)
        for group in group_rows(self._source, self._format, self._survey):
            if isinstance(group, Refusal):
                yield group
            else:
                yield from _read_group(group, self._format, bench)


def _read_group(group: Group, format: Format, bench: Bench) -> Iterator[Outcome]:
    if group.too_many:
        yield Refusal(group.rows[0].line, "", "", f"one product of more than {MOST_ROWS} rows", group.key)
        return
    result = assemble_product(group.key, [format.read(row) for row in group.rows], bench)
    if isinstance(result, list):
        yield from result
    else:
        yield result


def _settle_currency(options: ReadingOptions, conversions: tuple[Conversion, ...]) -> tuple[str, str]:
    sources = {conversion.source for conversion in conversions}
    if options.currency:
        try:
            return parse_currency(options.currency), "given by --currency"
        except CellRefused as error:
            raise OptionRefused(f"--currency {options.currency}: {error}") from None
    if len(sources) == 1:
        return sources.pop(), "the currency that --convert starts from"
    return options.default_currency, "the shop's default currency"


def _describe(source: Source, columns: Columns, survey: Survey, currency: str, reason: str) -> ReadingFacts:
    used = tuple((heading, field) for field, heading in columns.fields.items())
    return ReadingFacts(
        kind=source.kind,
        encoding=source.encoding,
        format=columns.format,
        rows=survey.rows,
        currency=currency,
        currency_reason=reason,
        columns=tuple(sorted(used, key=lambda pair: source.headings.index(pair[0]))),
        ignored_columns=columns.ignored,
    )
