"""Invented names of people, group practices, health systems, schools and streets."""

from random import Random

_GIVEN = """
    Ada Aisha Alan Alejandra Amara Amir Ana Andre Anita Anya Arjun Beatriz Benjamin
    Bianca Carlos Caroline Chen Chiara Claire Daniel Deepa Diego Dmitri Elena Elias
    Emily Esther Fatima Felix Florence Gabriel Grace Hana Harold Helen Hiro Hugo
    Imani Ines Isaac Ivan Jacob Jada James Janet Jasmine Javier Jin Joan Jonas Jose
    José Joyce Juan Julia Kamala Karen Kenji Kofi Lars Laura Leila Leo Lin Linda
    Lucia Lydia Malik Marcus Margaret María Marta Mei Michael Mina Miriam Mohan
    Nadia Naomi Nathan Nia Nina Noah Nora Olga Omar Oscar Patricia Paul Pedro Peter
    Philip Priya Rachel Rafael Raj René Robert Rosa Ruth Samuel Sana Sara Simone
    Sofia Sonia Stefan Susan Tamar Tara Teresa Thomas Tomás Uma Valeria Vera Victor
    Vikram Walter Wanda Wei William Yara Yasmin Yusuf Zoe
"""
_WOMEN = """
    Ada Aisha Alejandra Amara Ana Anita Anya Beatriz Bianca Caroline Chiara Claire
    Deepa Elena Emily Esther Fatima Florence Grace Hana Helen Imani Ines Jada Janet
    Jasmine Joan Joyce Julia Kamala Karen Laura Leila Lin Linda Lucia Lydia Margaret
    María Marta Mei Mina Miriam Nadia Naomi Nia Nina Nora Olga Patricia Priya Rachel
    Rosa Ruth Sana Sara Simone Sofia Sonia Susan Tamar Tara Teresa Uma Valeria Vera
    Wanda Yara Yasmin Zoe
"""
_SURNAME_STARTS = """
    Al Ander Ash Bel Ber Bram Bren Cal Car Cas Chan Cor Dal Dar Del Dor El Ever Fair
    Fal Far Gal Gar Gil Hal Har Haw Hol Is Jas Kel Ken Kir Lan Lar Lin Lor Mal Mar
    Mer Mil Mor Nor Oak Or Pel Per Quin Ral Ros Sal San Sel Sor Tal Tar Thel Tor Val
    Ver Wal Win Yar Zel O'Bel O'Mer D'Or Mc
"""
_SURNAME_ENDS = """
    abar acek adine akis anov ardo away beck bury by cliff combe croft dahl dine do
    dorn edra egas ell endez enko ensen eron erson escu evic fell field ford gard
    grave ham hurst ian idis ill imoto ingale inski ioso kamp lain land ley lind low
    mand mere mont more nell ney over quist ridge rose sby sen shaw skog stead
    strand strøm tello thwaite ton uchi ulam vale vane vén vik wald wick wood worth
    yama zano
"""
_STREET_STARTS = """
    Alderfen Birchmoor Bluestem Brightwater Candlewick Cloverlea Copperfield
    Dovetail Elmsworth Fernhollow Foxglove Goldenrod Hawksmoor Hazelwick Inkwell
    Juniper Kestrel Larkspur Lanternwood Marigold Meadowlark Millbrook Mossgate
    Nightingale Northwillow Oakenshaw Orchard Pennywhistle Quillfeather Ravenswood
    Saffron Silverbirch Starling Thistledown Tumbleweed Umberfield Violet Wagonwheel
    Whitethorn Wrenfield Yarrow
"""
_SCHOOL_STARTS = """
    Alderfen Brightwater Copperfield Elmsworth Fernhollow Hawksmoor Juniper Kestrel
    Lanternwood Meadowlark Northwillow Oakenshaw Ravenswood Silverbirch Starling
    Wrenfield
"""
GIVEN = _GIVEN.split()
WOMEN = frozenset(_WOMEN.split())
SURNAME_STARTS = _SURNAME_STARTS.split()
SURNAME_ENDS = _SURNAME_ENDS.split()
STREET_STARTS = _STREET_STARTS.split()
SCHOOL_STARTS = _SCHOOL_STARTS.split()

GROUP_ENDS = {
    "Anesthesia and pain": ("Anesthesia Partners", "Pain Specialists"),
    "Bones, joints and muscles": ("Orthopedics", "Bone and Joint Associates"),
    "Brain, nerves and spine": ("Neurology Associates", "Brain and Spine Group"),
    "Cancer and blood": ("Cancer Specialists", "Oncology Associates"),
    "Children": ("Children's Medical Group", "Pediatrics"),
    "Digestive system": ("Digestive Health", "Surgical Associates"),
    "Eyes, ears, nose and throat": ("Eye Associates", "Ear, Nose and Throat"),
    "General and family care": ("Family Medicine", "Primary Care Associates"),
    "Heart and blood vessels": ("Heart Group", "Heart and Vascular Associates"),
    "Hormones and metabolism": ("Endocrine Associates", "Diabetes Center"),
    "Imaging and laboratory": ("Imaging Associates", "Radiology Group"),
    "Infection, allergy and immune system": ("Allergy and Immunology", "ID Physicians"),
    "Kidneys and urinary system": ("Kidney Care", "Urology Associates"),
    "Lungs and breathing": ("Lung Associates", "Pulmonary Group"),
    "Mental health": ("Counseling Center", "Behavioral Health Partners"),
    "Rehabilitation and therapy": ("Physical Therapy", "Rehabilitation Group"),
    "Skin and plastic surgery": ("Dermatology", "Skin and Plastic Surgery"),
    "Teeth, mouth and jaw": ("Oral Surgery", "Dental Specialists"),
    "Women's health and pregnancy": ("Women's Health", "OB-GYN Associates"),
}
MIXED_ENDS = ("Medical Group", "Clinic", "Physicians", "Health Partners")


def system_name(random: Random) -> str:
    """Return an invented health system."""
    surname = f"{random.choice(SURNAME_STARTS[:-4])}{random.choice(SURNAME_ENDS)}"
    return f"{random.choice(STREET_STARTS)} {surname} Health"
