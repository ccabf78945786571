"""The words that a reader may need explained."""

GLOSSARY = (
    ("Assurance (of a chart)", "Whether a process, as it now runs, can be expected to meet its standard."),
    ("Baseline", "The figures on which limits rest, when a person has fixed them."),
    ("CQC", "Care Quality Commission, the regulator of health and adult social care in England."),
    ("ICB", "Integrated care board: the NHS body that plans and pays for most health care in a system."),
    ("Indicator", "Something measured in the same way again and again, with a definition and a source."),
    ("Limits", "The usual range of a series: about 99 in 100 figures lie inside while nothing changes."),
    ("ODS code", "The code by which the NHS names an organisation."),
    ("Provider", "An organisation that gives care."),
    ("Provisional", "Limits drawn from fewer figures than the rules ask for; they may still move."),
    ("Publication", "A file of figures as its publisher issued it on a day."),
    ("Rebase", "New limits from a date, set by a named person because the process itself changed."),
    ("SHMI", "Summary Hospital-level Mortality Indicator: deaths compared with what would be expected."),
    ("Signal", "One thing noticed about one subject: what, since when, and whether it is better or worse."),
    ("Special cause", "A pattern that chance alone rarely makes."),
    ("Subject", "Whatever is watched over: a provider, a place, a system, a pathway, a sector or a theme."),
    ("System", "The area of one integrated care board, with everybody who plans and gives care there."),
    ("XmR chart", "A chart of single figures over time with limits made from how much they usually move."),
)
