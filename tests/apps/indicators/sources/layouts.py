"""Small invented files in the publishers' layouts, for the tests of sources; no real organisation is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sightline.indicators.sources import recognise
from sightline.intake.contract import Fault, Parsed
from sightline.intake.reading import read

TODAY = date(2026, 1, 15)

HEAD_2024 = (
    "Period,Org Code,Parent Org,Org name,"
    "A&E attendances Type 1,A&E attendances Type 2,A&E attendances Other A&E Department,"
    "A&E attendances Booked Appointments Type 1,A&E attendances Booked Appointments Type 2,"
    "A&E attendances Booked Appointments Other Department,"
    "Attendances over 4hrs Type 1,Attendances over 4hrs Type 2,Attendances over 4hrs Other Department,"
    "Attendances over 4hrs Booked Appointments Type 1,Attendances over 4hrs Booked Appointments Type 2,"
    "Attendances over 4hrs Booked Appointments Other Department,"
    "Patients who have waited 4-12 hs from DTA to admission,Patients who have waited 12+ hrs from DTA to admission,"
    "Emergency admissions via A&E - Type 1,Emergency admissions via A&E - Type 2,"
    "Emergency admissions via A&E - Other A&E department,Other emergency admissions"
)
ROW_2024 = "MSitAE-MAY-2024,X0A,REGION,INVENTED TRUST,1000,0,500,0,0,100,400,0,20,0,0,2,50,8,300,0,5,70"
MINOR_2024 = "MSitAE-MAY-2024,X0B,REGION,INVENTED CENTRE,0,0,200,0,0,0,0,0,4,0,0,0,0,0,0,0,0,0"
TOTAL_2024 = "TOTAL,TOTAL,TOTAL,TOTAL,1000,0,700,0,0,100,400,0,24,0,0,2,50,8,300,0,5,70"

_GROUP = (
    "Type 1 Departments - Major A&E,Type 2 Departments - Single Specialty,"
    "Type 3 Departments - Other A&E/Minor Injury Unit"
)
HEAD_2025 = (
    f"Code,Region,Name,{_GROUP},Total attendances,{_GROUP},Total Attendances < 4 hours,{_GROUP},"
    "Total Attendances > 4 hours,Percentage in 4 hours or less (all),Percentage in 4 hours or less (type 1),"
    "Percentage in 4 hours or less (type 2),Percentage in 4 hours or less (type 3),"
    "Emergency Admissions via Type 1 A&E,Emergency Admissions via Type 2 A&E,"
    "Emergency Admissions via Type 3 and 4 A&E,Total Emergency Admissions via A&E,"
    "Other Emergency admissions (i.e not via A&E),Total Emergency Admissions,"
    "Number of patients spending >4 hours from decision to admit to admission,"
    "Number of patients spending >12 hours from decision to admit to admission"
)
ROW_2025 = (
    'X0A,REGION,Invented Trust,"1,000",0,600,"1,600",600,0,578,"1,178",400,0,22,422,'
    "73.60%,60.00%,-,96.30%,300,0,5,305,70,375,50,8"
)
SHMI = (
    "INDICATOR_CODE,PROVIDER,PROVIDER_NAME,DENOMINATOR,OBSERVED,EXPECTED,VALUE,PO_LL,PO_UL,OD_LL,OD_UL,OD_BANDING\n"
    "I00699,X0A,INVENTED TRUST,19824,1300,1000.5,1.2994,0.89,1.11,0.88,1.13,1\n"
    "I00699,X0B,INVENTED HOSPITAL,20824,1000,1000,1,0.89,1.11,0.88,1.13,2\n"
)
SICKNESS = (
    "DATE,NHSE_REGION_CODE,NHSE_REGION_NAME,ICS_CODE,ICS_NAME,ORG_CODE,ORG_NAME,ORG_TYPE,"
    "FTE_DAYS_LOST,FTE_DAYS_AVAILABLE,SICKNESS_ABSENCE_RATE_PERCENT\n"
    "30/04/2024,Y0,Region,Q0,System,X0A,Invented Trust,Acute,1868.5,52881.1,3.53\n"
)
ASC = (
    "Financial year,Local authority code,Local authority name,Grouping,Entity_Name,Region,Measure,Code,Value,MEDIAN,"
    "MADs_from_median,rank_order\n"
    '2016-17,E99000001,Inventshire,LA_Raw,Counties,Region,"Outcome, ASC Carer Quality of Life",ASC1,7.6,7.6,0,desc\n'
    '2016-17,E99000001,Inventshire,LA_Raw,Counties,Region,"Outcome, Short term",ASC5,,70,0,desc\n'
)
HOMES = (
    "area_code,area_name,period,indicator,measure,unit,value\n"
    "E99000001,Inventshire,Nov 2023,Percentage of care homes rated overall as good or outstanding,Percentage,"
    "Care Homes,78.8\n"
)
AE_TIDY = (
    "period,org_code,type,attendances,breaches,admissions\n"
    "2017-03-01,X0A,1,1000.0,400.0,300.0\n2017-03-01,X0A,other,600.0,22.0,5.0\n2017-03-01,X0B,other,200,4,0\n"
)
FINGERTIPS = (
    "area_code,date_from,date_to,period_type,sex,age_from_years_inclusive,age_to_years_inclusive,deprivation_decile,"
    "deprivation_category,count,value,denominator,lower_ci_95,upper_ci_95,lower_ci_99_8,upper_ci_99_8\n"
    "X0A,2024-01-01,2024-12-31,calendar_year,persons,,,,,30,12.5,240,8,18,6,20\n"
    "X0A,2024-01-01,2024-12-31,calendar_year,male,65,,1,some_districts,10,11,90,8,18,6,20\n"
)


def parsed(name: str, text: str, today: date = TODAY) -> Parsed:
    """This function will read, recognise and parse a file that some source must know."""
    file = read(name, text.encode())
    source = recognise(file)
    assert source is not None, f"no source knows {name}"
    return source.parse(file, today)


def all_faults(name: str, text: str, today: date = TODAY) -> Sequence[Fault]:
    """This function will give the faults of parsing, or those of verifying when there are none."""
    file = read(name, text.encode())
    source = recognise(file)
    assert source is not None, f"no source knows {name}"
    result = source.parse(file, today)
    return list(result.faults) or list(source.verify(result))


def values(result: Parsed) -> dict[tuple[str, str], float | None]:
    """This function will give each figure by indicator and organisation."""
    return {(one.indicator, one.code): one.value for one in result.observations}
