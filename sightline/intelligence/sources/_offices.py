"""The words of which offices, titles and the names of bodies are made, so that a letter's addressee can be read."""

from __future__ import annotations


def words_of(*lines: str) -> frozenset[str]:
    """This function will make a set of words of a text."""
    return frozenset(" ".join(lines).split())


TITLES = words_of(
    "mr mrs ms miss mx dr doctor prof professor sir dame lord lady baroness rt right hon honourable his her honour "
    "judge hhj cllr councillor inspector detective superintendent sergeant captain rev reverend the"
)
LETTERS = words_of("mp am ms msp qc kc obe mbe cbe kbe dbe cb qpm jp frcs frcp mrcp phd rgn")
# Words of which the name of an office is made. A name of a body may hold some of them, but no body's is made of them.
OFFICE = words_of(
    "chief executive executives officer officers medical director directors chair chairman chairwoman chairperson "
    "manager managers head legal services acting interim deputy assistant associate senior managing general "
    "operations operating nursing nurse nurses president secretary company lead leader clinical governance safety "
    "quality patient registered nominated individual owner proprietor principal consultant practice partner partners "
    "administrator accountable responsible trust matron chief coordinator commander constable coroner regional area "
    "national service affairs risk complaints strategy transformation group board members trustees and of for to at "
    "the on behalf care c o ceo cfo coo cmo mr vice deputy corporate finance human resources workforce emergency "
    "pharmacist midwifery department team inspector governing body solicitor solicitors attention fao governor governors"
)
ENDS_OFFICE = words_of(
    "executive executives officer director directors chair chairman chairwoman chairperson manager managers head "
    "president secretary lead leader owner proprietor principal administrator matron coordinator commander constable "
    "governor ceo pharmacist nurse nursing governance safety quality operations strategy services affairs"
)
OFFICES_OF_TWO = frozenset(
    {("chief", "executive"), ("executive", "officer"), ("medical", "director"), ("managing", "director")}
)
JOINS = frozenset({"of", "at", "for", "to", "the", "and"})
# Words by which a body is known to be one. A run of capitals without any of them may be somebody's name.
BODY = words_of(
    "nhs trust hospital hospitals health healthcare care ambulance council surgery centre practice clinic home house "
    "school college university department ministry office agency authority commission service services police "
    "constabulary prison hmp board group partnership limited ltd plc llp england wales government society association "
    "institute foundation pharmacy hospice nursing lodge court borough county city commissioning"
)
