"""What names a person is found before it is saved, however it is written; what names nobody raises no alarm."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum.gb import nhs

from sightline.core.intelligence.checking import WHAT_IS_CHECKED, Found, PersonalKind, find_personal, masked, sought
from sightline.core.intelligence.folding import fold

NHS, NINO, BIRTH = PersonalKind.NHS_NUMBER, PersonalKind.NATIONAL_INSURANCE, PersonalKind.BIRTH
PHONE, MAIL, POSTCODE, NAME = PersonalKind.TELEPHONE, PersonalKind.E_MAIL, PersonalKind.POSTCODE, PersonalKind.NAME


def seen(text: str, *names: str) -> list[tuple[PersonalKind, str]]:
    return [(found.kind, text[found.start : found.end]) for found in find_personal(text, names)]


def kinds(text: str, *names: str) -> list[PersonalKind]:
    return [found.kind for found in find_personal(text, names)]


@pytest.mark.requirement("IGV-01")
@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("NHS number 9434765919.", "9434765919"),
        ("943 476 5919", "943 476 5919"),
        ("943-476-5919", "943-476-5919"),
        ("943.476.5919", "943.476.5919"),
        ("943 - 476 - 5919", "943 - 476 - 5919"),
        ("94 34 76 59 19", "94 34 76 59 19"),
        ("9 4 3 4 7 6 5 9 1 9", "9 4 3 4 7 6 5 9 1 9"),
        ("94347 65919", "94347 65919"),
        ("nhs: 94  34765 - 919", "94  34765 - 919"),
        ("the number is 943 476\n5919 in the notes", "943 476\n5919"),
        ("NHS9434765919", "9434765919"),
        ("(9434765919)", "9434765919"),
        ("X01,9434765919,12", "9434765919"),
        ("in 2024 943 476 5919 came", "943 476 5919"),
        ("943\u00a0476\u00a05919", "943\u00a0476\u00a05919"),
        ("943\u2011476\u20115919", "943\u2011476\u20115919"),
        ("943\u2013476\u22125919", "943\u2013476\u22125919"),
        ("943\u200b4765\u2060919", "943\u200b4765\u2060919"),
        ("\u202e9434765919\u202c", "9434765919\u202c"),
        ("９４３４７６５９１９", "９４３４７６５９１９"),
        ("𝟗𝟒𝟑𝟒𝟕𝟔𝟓𝟗𝟏𝟗", "𝟗𝟒𝟑𝟒𝟕𝟔𝟓𝟗𝟏𝟗"),
        ("٩٤٣٤٧٦٥٩١٩", "٩٤٣٤٧٦٥٩١٩"),
        ("9434765919² is a footnote", "9434765919"),
        ("943 476 5919, 943 476 5870", "943 476 5919"),
        ("**943 476 5919**", "943 476 5919"),
        ("<b>9434765919</b>", "9434765919"),
        ("_9434765919_", "9434765919"),
    ],
)
def test_nhs_numbers_are_found_however_they_are_written(text: str, secret: str) -> None:
    assert (NHS, secret) in seen(text)


@pytest.mark.parametrize(
    "text",
    [
        "943 476 5918",  # wrong check digit
        "94347659191",  # eleven digits
        "943476591",
        "19434765919",
        "943 476 59190",
        "ref PX9434765919",  # a reference of its own kind
        "12.03.2024 10:30",
        "01/02/2023 11",
        "943, 476 and 5919",
        "943\t476\t5919",  # three cells of a table
        "2021 2022 23",
        "we saw 1,234 in 2024",
    ],
)
def test_other_numbers_are_not_nhs_numbers(text: str) -> None:
    assert NHS not in kinds(text)


@pytest.mark.requirement("IGV-01")
@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("141 0100006 2024", "141 0100006"),  # the end reads as the beginning of a telephone number
        ("141 010 0006 2024", "141 010 0006"),
        ("141010 0006 2024", "141010 0006"),
        ("1410100006 2024", "1410100006"),
        ("2024 943 476 5919", "943 476 5919"),
        ("2023/24 943 476 5919 2024/25", "943 476 5919"),
        ("12 943 476 5919 3", "943 476 5919"),
        ("120 943 476 5919 250", "943 476 5919"),
        ("5919 943 476 5919 476", "943 476 5919"),
        ("3.5 943-476-5919-7", "943-476-5919"),
        ("12345678901 943 476 5919 12345678901", "943 476 5919"),
        ("943476 5919 943476 5919", "943476 5919"),
        ("94 34 76 59 19 2024", "94 34 76 59 19"),
        ("120 94 34 76 59 19", "94 34 76 59 19"),
        ("94347 65919 250", "94347 65919"),
        ("2024 9 4 3 4 7 6 5 9 1 9 12", "9 4 3 4 7 6 5 9 1 9"),
        ("9434 765 919 2024", "9434 765 919"),
        ("+353 86 123 4567 943 476 5919", "943 476 5919"),
        ("020 7946 0958 943 476 5919", "943 476 5919"),
        ("943 476 5919 01632 960001", "943 476 5919"),
        ("NHS no 2024 943 476 5919", "943 476 5919"),
        ("DOB 03/04/1942 943 476 5919", "943 476 5919"),
    ],
)
def test_numbers_beside_an_nhs_number_do_not_hide_it(text: str, secret: str) -> None:
    assert (NHS, secret) in seen(text)


@pytest.mark.parametrize(
    ("text", "other"),
    [
        ("+353 86 123 4567 943 476 5919", "+353 86 123 4567"),
        ("020 7946 0958 943 476 5919", "020 7946 0958"),
        ("943 476 5919 01632 960001", "01632 960001"),
    ],
)
def test_a_telephone_number_beside_an_nhs_number_is_found_as_well(text: str, other: str) -> None:
    assert (PHONE, other) in seen(text)


# Ten digits with a right check digit that are nobody's number, by what they are part of.
@pytest.mark.parametrize(
    "text",
    [
        "94347659190",  # eleven in one
        "19434765919",
        "943476591901",
        "RXH94 34765919",  # a code, and a number of seven or eight digits
        "E94347 65919",
        "RX943 4765919",
        "12 94 34 76 59 19 14",  # a row of figures
        "1 1 1 1 1 1 1 1 1 1 1",
        "11111 11111 11111",
        "9434 765 919 250",
        "94347\n65919",  # two lines of figures
        "94/34 76.59-19",
        "20200315 07",  # a day and an hour
        "15.03.2020.03",
        "2020-03-15-07",
        "15032020 03",
    ],
)
def test_a_right_check_digit_alone_makes_no_nhs_number(text: str) -> None:
    assert NHS not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "01632 960 001",
        "+44 207 946 0958",
        "0207 946 0958",
        "020 7946 0958",
        "+44 207 946 0005",  # from here on ten of the digits have a right check digit
        "01204 96003",
        "0800 123018",
        "0800123018",
        "+1 943 476 5919",
        "12 01204 96003 250",
    ],
)
def test_a_telephone_number_is_not_an_nhs_number(text: str) -> None:
    assert kinds(text) == [PHONE]


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("NI number AB 12 34 56 C.", "AB 12 34 56 C"),
        ("AB123456C", "AB123456C"),
        ("ab123456c", "ab123456c"),
        ("AB-12-34-56-C", "AB-12-34-56-C"),
        ("ＡＢ１２３４５６Ｃ", "ＡＢ１２３４５６Ｃ"),
        ("National Insurance: AB 12 34 56", "AB 12 34 56"),
        ("nino ab 12 34 56 c", "ab 12 34 56 c"),
    ],
)
def test_national_insurance_numbers_are_found(text: str, secret: str) -> None:
    assert seen(text) == [(NINO, secret)]


@pytest.mark.parametrize(
    "text",
    [
        "GB123456A",
        "QQ123456C",
        "AO123456A",
        "AB123456E",
        "AB 12 34 56",
        "we met at 10 20 30 a day",
        "XAB123456C",
        "AB1234567C",
    ],
)
def test_other_codes_are_not_national_insurance_numbers(text: str) -> None:
    assert NINO not in kinds(text)


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("DOB 03/04/1942", "03/04/1942"),
        ("D.O.B.: 3.4.42", "3.4.42"),
        ("dob 03041942", "03041942"),
        ("Date of birth (dd/mm/yyyy): 03-04-1942", "03-04-1942"),
        ("Date of birth\n3 April 1942", "3 April 1942"),
        ("she was born on the 3rd of April 1942 in Leeds", "3rd of April 1942"),
        ("born at St Mary's on 3 Apr 42", "3 Apr 42"),
        ("born April 3, 1942", "April 3, 1942"),
        ("born: 1942-04-03", "1942-04-03"),
        ("aged 82 (03/04/1942)", "03/04/1942"),
        ("aged 82 years, 3 April 1942", "3 April 1942"),
        ("03/04/1942 (DOB)", "03/04/1942"),
        ("his birthday is 3 April 1942", "3 April 1942"),
        ("ＤＯＢ ０３／０４／１９４２", "０３／０４／１９４２"),
        ("seen on 1 May 2024. DOB: 03/04/1942", "03/04/1942"),
    ],
)
def test_a_date_beside_a_word_of_birth_is_found(text: str, secret: str) -> None:
    assert seen(text) == [(BIRTH, secret)]


@pytest.mark.parametrize(
    "text",
    [
        "The incident was on 3 March 2024.",
        "aged 82, she fell on 3 March 2024",
        "newborn screening failed on 3 March 2024",
        "new-born checks of 3 March 2024",
        "babies born between 1 April 2023 and 31 March 2024",
        "women born before 1 January 1960",
        "born in Leeds and admitted on 3 March 2024",
        "DOB not known; seen 3/4/2024",
        "The baby was born early. On 3 March 2024 staff met.",
        "born 1942",
        "a stubborn fault since 3 March 2024",
        "airborne infection on 3 March 2024",
        "doberman seen 3/4/2024",
    ],
)
def test_a_plain_date_is_no_date_of_birth(text: str) -> None:
    assert BIRTH not in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        "07700 900123",
        "07700900123",
        "+44 7700 900123",
        "+447700900123",
        "+44 (0)7700 900123",
        "0044 7700 900 123",
        "(01632) 960001",
        "(0)20 7946 0958",
        "020 7946 0958",
        "0161-496-0000",
        "0161.496.0000",
        "0300 311 2233",
        "01204 96000",
        "0800 123456",
        "+353 86 123 4567",
        "０７７００ ９００１２３",
        "07700\u00a0900\u2011123",
    ],
)
def test_telephone_numbers_are_found_whole(text: str) -> None:
    assert seen(f"call {text} now") == [(PHONE, text)]
    assert seen(f"call {text}, 5 times") == [(PHONE, text)]


@pytest.mark.parametrize(
    "text",
    [
        "we saw 1,234 2024",
        "01.02.2024 10:30",
        "01 02 2024 10",
        "0.1234567890",
        "111 or 999",
        "2023-24 and 2024-25",
        "00123456789",
        "0123456789012",
        "a rise of +12 345",
        "RXH05 12345678",
    ],
)
def test_counts_and_dates_are_not_telephone_numbers(text: str) -> None:
    assert PHONE not in kinds(text)


@pytest.mark.parametrize(
    "mail", ["a.b+c@example.nhs.uk", "o'neil@example.org", "A_B@EXAMPLE.CO.UK", "ａ＠example．org"]
)
def test_mail_addresses_are_found_whole(mail: str) -> None:
    assert seen(f"write to {mail}, please") == [(MAIL, mail)]


@pytest.mark.parametrize("text", ["follow us @example", "3 @ £5.00", "a@b", "@example.org"])
def test_other_signs_are_not_mail_addresses(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "LS1 4AP",
        "ls1 4ap",
        "LS14AP",
        "SW1A 2AA",
        "sw1a 2aa",
        "EC1A1BB",
        "M1 1AE",
        "CR2 6XH",
        "BL0 9XX",
        "Ls1  4aP",
        "ＬＳ１ ４ＡＰ",
        "LS1\u00a04AP",
        "W1T 2ND",
    ],
)
def test_postcodes_of_real_areas_are_found(text: str) -> None:
    assert seen(f"lives at {text}.") == [(POSTCODE, text)]


@pytest.mark.parametrize(
    "text",
    [
        "A1 4HR",  # no such area
        "XX1 4AP",
        "ls14ap",  # without a space only in capitals
        "LS1 4CP",  # a letter that no postcode ends with
        "LS1A 4AP",  # a letter there only in London
        "the B1 2nd floor",
        "B12 5ug",
        "observed in E4 2hr later",
        "Ward B1 4HR observations",
        "bed M3 2AB",
        "CQC1 4APX",
        "to 2 3rd parties",
        "RJ122 and E82060",
        "COVID19 4AP",
    ],
)
def test_wards_units_and_codes_are_not_postcodes(text: str) -> None:
    assert POSTCODE not in kinds(text)


@pytest.mark.parametrize(
    ("text", "name", "secret"),
    [
        ("told by Jo Smith today", "Jo Smith", "Jo Smith"),
        ("JO SMITH", "Jo Smith", "JO SMITH"),
        ("Smith, Jo", "Jo Smith", "Smith, Jo"),
        ("Jo\nSmith", "Jo Smith", "Jo\nSmith"),
        ("Jo Smith's ward", "Jo Smith", "Jo Smith"),
        ("Jo Smith’s ward", "Jo Smith", "Jo Smith"),
        ("the Joneses and Jones' ward", "Jones", "Jones"),
        ("Jose Alvarez", "José Álvarez", "Jose Alvarez"),
        ("José Álvarez", "jose alvarez", "José Álvarez"),
        ("Jose\u0301 came", "José", "Jose\u0301"),
        ("Soren Sorensen", "Søren Sørensen", "Soren Sorensen"),
        ("O’Neill's", "O'Neill", "O’Neill"),
        ("ONeill", "O'Neill", "ONeill"),
        ("Mary-Jane", "Mary Jane", "Mary-Jane"),
        ("S\u200bmith", "Smith", "S\u200bmith"),
        ("_Smith_", "Smith", "Smith"),
        ("Dr Smith-Jones", "Smith", "Smith"),
        ("Straße", "Strasse", "Straße"),
        ("李明 说", "李明", "李明"),
    ],
)
def test_listed_names_are_found_in_any_spelling(text: str, name: str, secret: str) -> None:
    assert seen(text, name) == [(NAME, secret)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("blacksmiths met", "Smith"),
        ("Smithson came", "Smith"),
        ("Jo and Smith", "Jo Smith"),
        ("Jo. She met Smith", "Jo Smith"),
        ("the ward", ""),
        ("a b c", "A"),
        ("the ward", "  "),
        ("the ward", "\u200b-'"),
    ],
)
def test_parts_of_words_are_not_names(text: str, name: str) -> None:
    assert kinds(text, name) == []


def test_the_longest_name_wins_and_each_place_is_told_once() -> None:
    text = "Jo Smith wrote from jo.smith@example.org; Jo rang."
    assert seen(text, "Jo", "Jo Smith", "Smith") == [(NAME, "Jo Smith"), (MAIL, "jo.smith@example.org"), (NAME, "Jo")]


def test_a_long_list_of_names_finds_what_a_slow_search_finds() -> None:
    firsts, lasts = ["Ann", "Bo", "Cy", "Di"], ["Fox", "Gray", "Hill", "Ito"]
    names = [f"{first} {last}" for first in firsts for last in lasts]
    text = " met ".join(names[::2]) + " and Ann Zed, Bo. Fox; Ito"
    slow = [match[0] for match in re.finditer("|".join(names), text)]
    assert [secret for _, secret in seen(text, *names)][: len(slow)] == slow


def test_several_things_are_told_in_the_order_of_the_text() -> None:
    text = "DOB 03/04/1942, NHS 943 476 5919, LS1 4AP, 07700 900123, AB123456C, a@example.org, Jo"
    assert kinds(text, "Jo") == [BIRTH, NHS, POSTCODE, PHONE, NINO, MAIL, NAME]


def test_what_is_said_never_repeats_the_whole_secret() -> None:
    text = "DOB 03/04/1942, NHS 943 476 5919, LS1 4AP, 07700 900123, AB123456C, a@example.org, Jo Smith"
    found = find_personal(text, ["Jo Smith"])
    assert len(found) == 7
    for one in found:
        assert one.kind.words in one.says
        assert text[one.start : one.end] not in one.says
    assert found[1].says == "This looks like an NHS number (ending 19)."


def test_masking_says_what_stood_there_and_leaves_the_rest() -> None:
    text = "Jo’s number 943 476 5919 (LS1 4AP) is known."
    assert (
        masked(text, find_personal(text, ["Jo"]))
        == "[name removed]’s number [NHS number removed] ([postcode removed]) is known."
    )


def test_masking_in_any_order_and_with_overlaps_loses_nothing_else() -> None:
    found = [Found(NAME, 6, 8, ""), Found(NAME, 0, 4, ""), Found(NAME, 2, 5, "")]
    assert masked("abcdefghij", found) == "[name removed]ef[name removed]ij"


def test_the_page_says_what_the_check_cannot_know() -> None:
    assert "patterns" in WHAT_IS_CHECKED
    assert "not know every name" in WHAT_IS_CHECKED
    for kind in PersonalKind:
        assert kind.words.split()[0] in WHAT_IS_CHECKED


# --- Properties -------------------------------------------------------------------------------------------------------
SEPARATORS = st.sampled_from(["", " ", "-", ".", "\u00a0", "\u2011", "\u2013", "\u200b", " - "])
AROUND = st.sampled_from(["", " ", "(", "\n", "said: ", "пациент ", "e\u0301 ", "2024 ", "ward 7 ", "\u202e", "🙂"])
FIGURES = ["0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗"]


@st.composite
def numbers(draw: st.DrawFn) -> str:
    nine = draw(st.integers(100_000_000, 999_999_999).filter(lambda n: check_digit(str(n)) != "10"))
    return f"{nine}{check_digit(str(nine))}"


def check_digit(nine: str) -> str:
    """The rule of the NHS data dictionary, written out."""
    rest = 11 - sum(weight * int(figure) for weight, figure in zip(range(10, 1, -1), nine, strict=True)) % 11
    return "0" if rest == 11 else str(rest)


def plain_digits(text: str) -> str:
    return "".join(character for character in fold(text).text if character.isdigit())


@given(
    number=numbers(), first=SEPARATORS, second=SEPARATORS, before=AROUND, after=AROUND, figures=st.sampled_from(FIGURES)
)
@example("1410100006", " ", "", "", "2024 ", FIGURES[0])
def test_no_valid_nhs_number_in_ordinary_formatting_is_missed(
    number: str, first: str, second: str, before: str, after: str, figures: str
) -> None:
    shown = "".join(figures[int(figure)] for figure in number)
    text = f"{before}{shown[:3]}{first}{shown[3:6]}{second}{shown[6:]}{' ' if after[:1].isdigit() else ''}{after}"
    assert nhs.is_valid(number)
    claimed = [found for found in find_personal(text) if found.kind is NHS]
    assert [plain_digits(text[one.start : one.end]) for one in claimed] == [number]


@st.composite
def neighbours(draw: st.DrawFn) -> str:
    """A figure as it stands in a sentence: a year, an amount, a day, a time, a reference in brackets, a ward."""
    small = draw(st.integers(1, 9_999))  # “(0)” before ten digits makes them a telephone number
    written = draw(
        st.sampled_from(
            ["{}", "0{}", "£{}", "£{}.50", "({})", "[{}]", "{}%", "{}/25", "ward {}", "{}:30", "1.2.{}", "{},", "{}-"]
        )
    )
    return draw(st.sampled_from([written.format(small), "2024", "2023/24", "03/04/2024", "1999-12-31", "10:30"]))


@settings(max_examples=300)
@given(
    number=numbers(), gap=st.sampled_from([" ", "-", ".", " - ", "\n"]), other=st.sampled_from([" ", "-", ""]),
    before=neighbours(), after=neighbours(), shape=st.sampled_from([(10,), (3, 7), (6, 4), (3, 3, 4)]),
)  # fmt: skip
def test_a_number_is_found_between_any_neighbours(
    number: str, gap: str, other: str, before: str, after: str, shape: tuple[int, ...]
) -> None:
    ends = [sum(shape[: count + 1]) for count in range(len(shape))]
    groups = [number[end - size : end] for end, size in zip(ends, shape, strict=True)]
    written = gap.join(groups[:2]) + "".join((other or gap) + group for group in groups[2:])
    text = f"{before} {written} {after}"
    start = len(before) + 1
    assert (NHS, start, start + len(written)) in [(one.kind, one.start, one.end) for one in find_personal(text)]


PIECES = st.sampled_from(
    [
        "943 476 5919",
        "９４３４７６５９１９",
        "LS1 4AP",
        "dob ",
        "3/4/1942",
        "07700 900123",
        "jo@example.org",
        "José",
        "Jose\u0301",
        "AB123456C",
        " ",
        "\u200b",
        "\n",
        ", ",
        "\u0301",
        "ﬃ",
        "ß",
        "born ",
        "a",
        "1",
        "+44",
        "\ufdfa",
        "\x00",
        "'s",
        "\ud800",
    ]
)


@given(st.lists(PIECES | st.characters(), max_size=25).map("".join))
def test_places_are_right_in_any_text(text: str) -> None:
    names = ["José", "Strasse"]
    found = find_personal(text, names)
    reached = 0
    for one in found:
        assert reached <= one.start < one.end <= len(text)
        reached = one.end
        stretch = text[one.start : one.end]
        plain = fold(stretch).text
        assert plain == plain.strip()
        match one.kind:
            case PersonalKind.NHS_NUMBER:
                assert nhs.is_valid(re.sub("[^0-9]", "", plain))
            case PersonalKind.NAME:
                assert unicodedata.normalize("NFKD", plain.lower()) in {"jose", "strasse"}
            case PersonalKind.E_MAIL:
                assert "@" in plain
            case PersonalKind.POSTCODE:
                assert re.fullmatch(r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]? {0,2}[0-9][A-Za-z]{2}", plain)
            case _:
                assert sum(map(str.isdigit, plain)) >= 3
    hidden = masked(text, found)
    assert hidden.count(" removed]") >= len(found)


@given(st.text(max_size=60))
def test_the_plain_form_knows_the_place_of_every_character(text: str) -> None:
    folded = fold(text)
    assert len(folded.places) == len(folded.text) + 1
    assert list(folded.places) == sorted(folded.places)
    for at, character in enumerate(folded.text):
        assert character in fold(text[folded.places[at]]).text


@given(st.lists(st.sampled_from(["Jo", "Smith", "Al", "O'Hara", "and", ","]), max_size=12))
def test_names_made_ready_once_are_found_as_names_that_are_not(words: list[str]) -> None:
    names = ["Jo Smith", "Al", "Smith-O'Hara"]
    ready = sought(names)
    for text in (" ".join(words), ", ".join(reversed(words))):
        assert find_personal(text, ready) == find_personal(text, names)


HOSTILE = [
    "1 ",
    "943 476 ",
    "nhs 1",
    "dob ",
    "born a ",
    "dob 1/1/24 ",
    "a.",
    "a@",
    "a@a.a ",
    "(",
    "+44 ",
    "020 ",
    "B1 ",
    "e\u0301",
    "ﬃ",
    "o'",
    "Jo Smith ",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_text_is_read_once_through(unit: str) -> None:
    """A pattern that tries again and again would never end here."""
    text = unit * (100_000 // len(unit))
    found = find_personal(text, ["Jo Smith", "Jo Smithers", "Al"])
    assert len(found) == {
        "dob 1/1/24 ": text.count(unit),
        "Jo Smith ": text.count(unit),
        "a@a.a ": text.count(unit),
    }.get(unit, 0)
