"""Words counted by hand: a hyphen stands between two syllables, as they are spoken."""

COMMON = """
a-bout a-bove af-ter a-gain a-gainst all al-most a-lone al-read-y al-so al-though
al-ways a-mong an-i-mal an-oth-er an-swer an-y ap-pear a-round ask aunt a-way ba-by back
ball base beau-ti-ful be-cause be-fore be-gan be-hind be-lieve be-low be-side be-tween
bird blue board bod-y book both bot-tle boy bridge bright broth-er bus-y buy called
can-not care care-ful-ly car-ry cause cen-ter cer-tain change chil-dren church cir-cle
cit-y class clear close cloud col-or come com-mon com-plete cook cor-ner cough coun-try
course cov-er cre-ate cry dark daugh-ter day dead de-cide deep die dif-fer-ent din-ner
doc-tor does door down dream drive ear ear-ly earth eas-y eight ei-ther e-lev-en else
end en-e-my e-nough e-ven eve-ning ev-er eve-ry ex-am-ple ex-pe-ri-ence eye face
fam-i-ly fa-ther fear feel feet field fig-ure fi-nal-ly find fin-ger fin-ished fire
first fish floor flow-er fly fol-low food for-eign for-est for-ward four free friend
front full fun-ny fu-ture gar-den gave girl glass good gov-ern-ment great ground group
grow half hand hap-pen hap-py hard heart heav-y help here high him-self his-to-ry hold
home hope horse hos-pi-tal hour house hun-dred hun-gry hur-ry hus-band i-dea im-por-tant
inch in-side in-stead in-ter-est is-land job join jour-ney jump just kind king kitch-en
knee knew knife know la-dy lake lan-guage large last laugh learn least leave left less
let let-ter life light like line lis-ten lit-tle live lone-ly long look lose love low
ma-chine make man-y map ma-te-ri-al may mean mea-sure mid-dle might mile milk min-ute
miss mon-ey month moon morn-ing moth-er moun-tain mouth move mu-sic must name na-tion
nat-u-ral near need nei-ther nev-er new night noise noth-ing no-tice num-ber o-cean
of-fer of-fice of-ten old once on-ly o-pen op-po-site or-der oth-er out o-ver own page
pa-per par-ent part peo-ple per-son pic-ture piece place plan please po-em point po-lice
pos-si-ble prob-lem pro-duce pub-lic pull pur-pose put qui-et quick ques-tion ra-di-o
reach read-y re-al re-ally rea-son re-mem-ber
"""

MEDICAL = """
ab-do-men ab-scess ac-e-tab-u-lum a-cute ad-e-no-ma ad-re-nal al-ler-gy al-ler-gic
am-bu-lance a-mox-i-cil-lin a-ne-mi-a an-es-the-sia an-eu-rys-m an-gi-na an-gi-o-plas-ty
an-ky-lo-sis an-ti-bi-ot-ic an-ti-co-ag-u-lant an-ti-gen a-or-ta ap-ne-a
ap-pen-di-ci-tis ar-rhyth-mi-a ar-ter-y ar-thri-tis ar-thro-plas-ty ar-thro-scope
as-pi-rin asth-ma a-tri-al au-to-im-mune bac-te-ri-a be-nign bi-lat-er-al bi-op-sy
blad-der bleed-ing bow-el bra-dy-car-di-a breath-ing bron-chi-tis by-pass cal-ci-um
can-cer car-ci-no-ma car-di-ac car-di-ol-o-gist car-di-ol-o-gy car-ti-lage cat-a-ract
cath-e-ter cer-vi-cal ce-sar-e-an che-mo-ther-a-py cho-les-ter-ol chron-ic cir-rho-sis
cli-ni-cian co-lon co-lon-os-co-py con-cus-sion cor-o-nar-y cor-ti-sone cra-ni-al cyst
de-hy-dra-tion de-men-tia de-pres-sion der-ma-tol-o-gy di-a-be-tes di-ag-no-sis
di-al-y-sis di-a-phragm di-ar-rhe-a di-as-tol-ic dis-ease dis-lo-ca-tion di-u-ret-ic
di-ver-tic-u-li-tis dos-age ec-ze-ma e-de-ma em-bo-lis-m em-phy-se-ma en-do-cri-nol-o-gy
en-do-me-tri-o-sis en-do-scope en-zyme ep-i-lep-sy e-soph-a-gus es-tro-gen fa-tigue
fem-o-ral fe-ver fi-broid fi-bro-sis frac-ture gas-tro-en-ter-ol-o-gy ge-net-ic
ge-ri-at-ric glau-co-ma glu-cose gy-ne-col-o-gist head-ache hem-or-rhage hep-a-rin
hep-a-ti-tis her-ni-a hor-mone hy-per-ten-sion hy-po-gly-ce-mi-a hys-ter-ec-to-my
i-bu-pro-fen im-mune im-plant in-con-ti-nence in-farc-tion in-fec-tion in-flam-ma-tion
in-su-lin in-tes-tine in-tra-ve-nous is-che-mi-a jaun-dice kid-ney lap-a-ro-scop-ic
lar-ynx le-sion leu-ke-mi-a lig-a-ment lu-pus lym-pho-ma ma-lig-nant mam-mo-gram
mel-a-no-ma men-in-gi-tis me-nis-cus men-o-pause me-tab-o-lis-m me-tas-ta-sis
met-for-min mi-graine my-o-car-di-al my-o-ma nau-sea neph-rol-o-gy neu-rol-o-gist
neu-rop-a-thy nu-tri-tion o-be-si-ty on-col-o-gist oph-thal-mol-o-gy o-pi-oid
or-tho-pe-dic os-te-o-ar-thri-tis os-te-o-po-ro-sis o-va-ry ox-y-gen pace-mak-er
pal-li-a-tive pal-pi-ta-tion pan-cre-as pa-ral-y-sis par-a-site pa-thol-o-gist
pe-di-a-tri-cian pel-vis pen-i-cil-lin per-i-car-di-um phar-ma-cist phy-si-cian
pla-ce-bo pla-cen-ta pneu-mo-nia pol-yp prog-no-sis pros-tate pros-the-sis pso-ri-a-sis
psy-chi-a-trist pul-mo-nar-y ra-di-a-tion ra-di-ol-o-gist re-nal ret-i-na rheu-ma-toid
sar-co-ma sci-at-i-ca scle-ro-sis sco-li-o-sis sei-zure sep-sis si-nus ste-no-sis
ster-oid sur-geon symp-tom syn-drome ten-don throm-bo-sis thy-roid tis-sue tra-che-a
trans-plant tu-mor ul-cer ul-tra-sound u-re-ter u-rol-o-gist u-ter-us vac-cine
vas-cu-lar vein ven-tri-cle ver-te-bra vi-rus war-fa-rin wound zy-gote
"""


def counted(words: str) -> dict[str, int]:
    """Return each word with the number of its syllables."""
    return {word.replace("-", ""): word.count("-") + 1 for word in words.split()}
