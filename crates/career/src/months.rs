//! The names of the months in the languages that exports and résumés are written in.

/// The month, 1 to 12, of a name or of a usual abbreviation of it, in lower case and without a dot
/// behind it. Names that mean different months in different languages (`listopad`) stand for the
/// month of the larger number of speakers or are left out.
pub(crate) fn month_of(name: &str) -> Option<u8> {
    let position = NAMES
        .iter()
        .position(|names| names.split(' ').any(|known| known == name))?;
    u8::try_from(position + 1).ok()
}

/// English, German, French, Spanish, Portuguese, Italian, Dutch, Swedish, Danish, Norwegian,
/// Finnish, Polish, Czech, Romanian, Hungarian, Turkish, Indonesian, Russian, Ukrainian, Greek,
/// Arabic, Hebrew.
const NAMES: [&str; 12] = [
    "january jan januar jänner jän janvier janv enero ene janeiro gennaio gen januari tammikuu tammi \
     stycznia styczeń sty leden ledna led ianuarie ian január ocak oca январь января янв січень січня \
     ιανουάριος ιανουαρίου ιαν يناير ינואר",
    "february feb februar février févr fév fevrier fevr febrero fevereiro fev febbraio februari \
     helmikuu helmi lutego luty lut únor února úno februarie február febr şubat şub февраль февраля \
     фев февр лютий лютого φεβρουάριος φεβρουαρίου φεβ فبراير פברואר",
    "march mar märz mär mrz mars marzo março marco maart mrt marts maaliskuu maalis marca marzec \
     březen března bře martie március márc mart maret март марта мар березень березня μάρτιος \
     μαρτίου μαρ مارس מרץ",
    "april apr avril avr abril abr aprile huhtikuu huhti kwietnia kwiecień kwi duben dubna dub \
     aprilie április ápr nisan nis апрель апреля апр квітень квітня απρίλιος απριλίου απρ أبريل אפריל",
    "may mai mayo maio maggio mag mei maj toukokuu touko maja května květen kvě május máj mayıs май \
     мая травень травня μάιος μαΐου μάι مايو מאי",
    "june jun juni juin junio junho giugno giu kesäkuu kesä czerwca czerwiec cze červen června iunie \
     iun június jún haziran haz июнь июня июн червень червня ιούνιος ιουνίου ιουν يونيو יוני",
    "july jul juli juillet juil julio julho luglio lug heinäkuu heinä lipca lipiec lip červenec \
     července iulie iul július júl temmuz tem июль июля июл липень липня ιούλιος ιουλίου ιουλ يوليو יולי",
    "august aug août aout agosto ago augustus augusti elokuu elo sierpnia sierpień sie srpen srpna \
     srp augusztus ağustos ağu agustus август августа авг серпень серпня αύγουστος αυγούστου αυγ \
     أغسطس אוגוסט",
    "september sep sept septembre septiembre setembro set settembre syyskuu syys września wrzesień \
     wrz září zář septembrie szeptember szept eylül eyl сентябрь сентября сен сент вересень вересня \
     σεπτέμβριος σεπτεμβρίου σεπ سبتمبر ספטמבר",
    "october oct oktober okt octobre octubre outubro out ottobre ott lokakuu loka października \
     październik paź říjen října říj octombrie október ekim eki октябрь октября окт жовтень жовтня \
     οκτώβριος οκτωβρίου οκτ أكتوبر אוקטובר",
    "november nov novembre noviembre novembro marraskuu marras listopada listopad lis listopadu \
     noiembrie nov kasım kas ноябрь ноября ноя нояб листопад листопада νοέμβριος νοεμβρίου νοε نوفمبر \
     נובמבר",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro dicembre desember des \
     joulukuu joulu grudnia grudzień gru prosinec prosince pro decembrie decembris aralık ara desember \
     декабрь декабря дек грудень грудня δεκέμβριος δεκεμβρίου δεκ ديسمبر דצמבר",
];
