import pytest

from directory.values.reading_case import (
    address_line,
    city_name,
    hospital_name,
    person_name,
)


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("UPMC PRESBYTERIAN SHADYSIDE", "UPMC Presbyterian Shadyside"),
        ("ST. MARY'S HOSPITAL", "St. Mary's Hospital"),
        ("ST MARY'S HOSP", "St. Mary's Hospital"),
        (
            "STE GENEVIEVE COUNTY MEMORIAL HOSPITAL",
            "Ste. Genevieve County Memorial Hospital",
        ),
        (
            "SAINT FRANCIS BARTLETT MEDICAL CENTER",
            "Saint Francis Bartlett Medical Center",
        ),
        ("NORTH TEXAS VA MEDICAL CENTER", "North Texas VA Medical Center"),
        ("HOSPITAL EPISCOPAL SAN LUCAS II", "Hospital Episcopal San Lucas II"),
        ("MCLAREN BAY REGION", "McLaren Bay Region"),
        ("OAK OB-GYN ASSOCIATES, P.C.", "Oak OB-GYN Associates, P.C."),
        ("OAK ID PHYSICIANS PA", "Oak ID Physicians PA"),
        ("UPMC MCKEESPORT HOSPITAL", "UPMC McKeesport Hospital"),
        ("MC DONOUGH DISTRICT HOSPITAL", "McDonough District Hospital"),
        (
            "WELLSTAR MCG HEALTH, AFFILIATED WITH MED COL",
            "WellStar MCG Health, Affiliated with Medical Col",
        ),
        ("MACNEAL  HOSPITAL", "MacNeal Hospital"),
        ("HENRY FORD MACOMB HOSPITAL", "Henry Ford Macomb Hospital"),
        ("O'CONNOR HOSPITAL", "O'Connor Hospital"),
        ("OHIOHEALTH O'BLENESS HOSPITAL", "OhioHealth O'Bleness Hospital"),
        ("CHILDREN'S HOSP OF LOS ANGELES", "Children's Hospital of Los Angeles"),
        ("HOSPITAL FOR SPECIAL SURGERY", "Hospital for Special Surgery"),
        ("THE MEDICAL CENTER AT FRANKLIN", "The Medical Center at Franklin"),
        ("SANCTUARY AT THE WOODLANDS, THE", "Sanctuary at the Woodlands, The"),
        (
            "BAYLOR SCOTT & WHITE MEDICAL CENTER AT IRVING",
            "Baylor Scott & White Medical Center at Irving",
        ),
        ("LAC/HARBOR-UCLA MED CENTER", "LAC/Harbor-UCLA Medical Center"),
        ("FOND DU LAC COUNTY ACUTE PSYCH UNIT", "Fond du Lac County Acute Psych Unit"),
        ("LA PAZ REGIONAL HOSPITAL", "La Paz Regional Hospital"),
        (
            "KAISER FOUNDATION HOSPITAL - WEST LA",
            "Kaiser Foundation Hospital - West LA",
        ),
        ("HOSPITAL DE LA CONCEPCION", "Hospital de la Concepcion"),
        (
            "CENTRO CARDIOVASCULAR DE PUERTO RICO Y EL CARIBE",
            "Centro Cardiovascular de Puerto Rico y el Caribe",
        ),
        (
            "AVERA DE SMET MEMORIAL HOSPITAL - CAH",
            "Avera De Smet Memorial Hospital - CAH",
        ),
        ("DEL AMO HOSPITAL", "Del Amo Hospital"),
        ("CEDAR-SINAI MARINA DEL REY HOSPITAL", "Cedar-Sinai Marina Del Rey Hospital"),
        (
            "UNIVERSITY HOSPITAL S U N Y HEALTH SCIENCE CENTER",
            "University Hospital S U N Y Health Science Center",
        ),
        ("NORTHERN LIGHT C A DEAN HOSPITAL", "Northern Light C A Dean Hospital"),
        ("SOUTHWELL MEDICAL, A CAMPUS OF TRMC", "Southwell Medical, a Campus of TRMC"),
        (
            "MEDICAL WEST, AN AFFILIATE OF UAB HEALTH SYSTEM",
            "Medical West, an Affiliate of UAB Health System",
        ),
        ("ST SIMONS-BY-THE-SEA", "St. Simons-by-the-Sea"),
        (
            "MERCY HEALTH KINGS MILLS HOSPITAL LLC",
            "Mercy Health Kings Mills Hospital LLC",
        ),
        ("COMMUNITY HOSPITAL SOUTH, INC.", "Community Hospital South, Inc."),
        ("CIRCLES OF CARE, INC", "Circles of Care, Inc."),
        (
            "SANA HEALTHCARE CARROLLTON D/B/A CARROLLTON REGIONAL MEDICAL CENTER",
            "Sana Healthcare Carrollton dba Carrollton Regional Medical Center",
        ),
        (
            "UCHICAGO MEDICINE ADVENTHEALTH BOLINGBROOK",
            "UChicago Medicine AdventHealth Bolingbrook",
        ),
        (
            "NOVANT HEALTH NEW HANOVER REGIONAL MEDICAL CENTER",
            "Novant Health New Hanover Regional Medical Center",
        ),
        ("Bassett ACH (FT Wainwright)", "Bassett ACH (Fort Wainwright)"),
        (
            "673rd Medical Group (Joint Base Elmendorf-Richardson)",
            "673rd Medical Group (Joint Base Elmendorf-Richardson)",
        ),
        ("THE MEDICAL CENTER (BOWLING GREEN)", "The Medical Center (Bowling Green)"),
        ("HOSPITAL DISTRICT #1 OF RICE COUNTY", "Hospital District #1 of Rice County"),
        (
            "CHARLES A CANNON JR MEMORIAL HOSPITAL",
            "Charles A Cannon Jr. Memorial Hospital",
        ),
        (
            "G. V. (SONNY) MONTGOMERY VA MEDICAL CENTER (JACKSON)",
            "G. V. (Sonny) Montgomery VA Medical Center (Jackson)",
        ),
        ("NEW YORK-PRESBYTERIAN/QUEENS", "New York-Presbyterian/Queens"),
        ("WOMANS HOSPITAL OF TEXAS,THE", "Womans Hospital of Texas, The"),
        ("LAKESIDE WOMEN'S HOSPITAL , INC", "Lakeside Women's Hospital, Inc."),
    ],
)
def test_a_hospitals_name_reads_like_a_name(published, expected):
    assert hospital_name(published) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("HOUSTON", "Houston"),
        ("SAINT LOUIS", "St. Louis"),
        ("ST LOUIS", "St. Louis"),
        ("ST. LOUIS", "St. Louis"),
        ("SAULT STE MARIE", "Sault Ste. Marie"),
        ("FT LAUDERDALE", "Fort Lauderdale"),
        ("FT. DEFIANCE", "Fort Defiance"),
        ("MT GRETNA", "Mount Gretna"),
        ("MC KINNEY", "McKinney"),
        ("MCALLEN", "McAllen"),
        ("L' ANSE", "L'Anse"),
        ("COEUR D'ALENE", "Coeur D'Alene"),
        ("N. LAS VEGAS", "North Las Vegas"),
        ("FORT YATES,", "Fort Yates"),
        ("FOND DU LAC", "Fond du Lac"),
        ("LA JOLLA", "La Jolla"),
        ("WINSTON-SALEM", "Winston-Salem"),
        ("T OR C", "Truth or Consequences"),
        ("Wright-Patterson AFB", "Wright-Patterson AFB"),
    ],
)
def test_a_citys_spellings_become_one(published, expected):
    assert city_name(published) == expected


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("1108 ROSS CLARK CIRCLE", "1108 Ross Clark Circle"),
        ("2505 U S HIGHWAY 431 NORTH", "2505 US Highway 431 North"),
        ("50 IRVING STREET N.W.", "50 Irving Street N.W."),
        ("7031 SW 62ND AVE", "7031 SW 62nd Ave"),
        ("1000 GREG KRUSCHEK AVENUE (P O BOX 966)",
         "1000 Greg Kruschek Avenue (PO Box 966)"),
        ("810 ST VINCENT'S DRIVE", "810 St Vincent's Drive"),
        ("7TH AND CLAYTON STS", "7th and Clayton Sts"),
        ("28400 MCCALL BOULEVARD", "28400 McCall Boulevard"),
        ("13100 FT KING RD", "13100 Fort King Rd"),
        ("673 MDG 5955 Zeamer Ave", "673 MDG 5955 Zeamer Ave"),
    ],
)  # fmt: skip
def test_an_address_keeps_its_abbreviations(published, expected):
    assert address_line(published) == expected


@pytest.mark.parametrize(
    ("published", "read"),
    [
        ("MCDAY", "McDay"),
        ("O'HARA-SMITH", "O'Hara-Smith"),
        ("DE LA  CRUZ", "De La Cruz"),
        ("MUÑOZ", "Muñoz"),
        ("J", "J"),
        ("J.", "J."),
        ("van der Berg", "van der Berg"),
    ],
)
def test_a_persons_name_in_reading_case(published, read):
    assert person_name(published) == read
