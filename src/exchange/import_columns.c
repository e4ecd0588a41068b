/* import_columns.c: what a file can hold, and what a column of it is, by its heading. */
#include "base/code.h"
#include "base/i18n.h"
#include "base/text.h"
#include "exchange/table_import.h"

/* Headings are folded (text_fold) before they are compared. */
static const struct {
    ColumnKind kind;
    const char *code, *name;
    const char *headings[17];
} columns[COLUMN_COUNT] = {
    {COLUMN_SKIP,
     "skip",
     N_("(not read in)"),
     {"rad i filen", "line in file", "orsak till avvisning", "reason refused",
      /* of an export: reading in cannot tell in place of which */
      "i stället för ett annat", "in place of another visit", "toisen käynnin sijasta",
      /* what an export says in words beside the codes that are read in */
      "formulärets titel", "title of the form", "lomakkeen otsikko", "frågans ord",
      "words of the question", "kysymyksen sanat", "svaret i ord", "answer in words",
      "vastaus sanoin"}},
    {COLUMN_CLIENT_NUMBER,
     "client-number",
     N_("Client number"),
     {"brukarnr", "brukarnummer", "brukare nr", "kundnr", "kundnummer", "klientnr", "arendenummer",
      "ärendenummer", "client number", "client no", "client id", "case number"}},
    {COLUMN_ID_NUMBER,
     "id-number",
     N_("Identity number"),
     {"personnummer", "personnr", "pnr", "person nr", "identitetsnummer",
      "personal identity number", "identity number", "id number", "samordningsnummer"}},
    {COLUMN_NAME,
     "name",
     N_("Name"),
     {"namn", "brukare", "brukarens namn", "kund", "kundnamn", "klient", "name", "client",
      "client name", "full name", "asiakas"}},
    {COLUMN_GIVEN_NAME,
     "given-name",
     N_("Given name"),
     {"förnamn", "tilltalsnamn", "first name", "given name"}},
    {COLUMN_FAMILY_NAME,
     "family-name",
     N_("Family name"),
     {"efternamn", "last name", "family name", "surname"}},
    {COLUMN_DATE,
     "date",
     N_("Date"),
     {"datum", "besöksdatum", "dag", "date", "visit date", "planerat datum", "planned date"}},
    {COLUMN_START,
     "start",
     N_("Begins"),
     {"starttid", "start", "klockslag", "tid", "från", "fr o m", "kl", "start time", "time",
      "planned start", "planerad start"}},
    {COLUMN_END,
     "end",
     N_("Ends"),
     {"sluttid", "slut", "till", "end", "end time", "planerat slut"}},
    {COLUMN_HOURS,
     "hours",
     N_("Length in hours"),
     {"längd tim", "längd h", "timmar", "antal timmar", "hours", "length hours", "duration hours",
      "length h", "duration h"}},
    {COLUMN_MINUTES,
     "minutes",
     N_("Length in minutes"),
     {"längd min", "längd", "minuter", "besökslängd", "minutes", "length", "length minutes",
      "duration", "duration minutes", "length min", "duration min"}},
    {COLUMN_STAFF,
     "staff",
     N_("Carried out by"),
     {"utförare", "personal", "boendestödjare", "medarbetare", "resurs", "staff", "worker",
      "support worker", "carried out by", "employee", "ohjaaja", "työntekijä", "påbörjat av",
      "begun by", "aloittaja"}},
    {COLUMN_OUTCOME,
     "outcome",
     N_("Outcome"),
     {"status", "utfall", "händelse", "besöksstatus", "resultat", "outcome", "visit status",
      "result"}},
    {COLUMN_CAUSE,
     "cause",
     N_("Cause"),
     {"orsak", "avbokningsorsak", "anledning", "orsak till avbokning", "cause", "reason",
      "cancellation reason"}},
    {COLUMN_BY,
     "cancelled-by",
     N_("Cancelled by"),
     {"avbokad av", "avbokat av", "vem avbokade", "cancelled by", "canceled by"}},
    {COLUMN_SOURCE,
     "cause-source",
     N_("Whose word"),
     {"vems ord", "vems ord är orsaken", "orsak enligt", "orsaken enligt", "whose word",
      "whose word is the cause", "cause source", "cause according to"}},
    {COLUMN_NOTICE,
     "notice",
     N_("Hours of notice"),
     {"varsel tim", "varsel", "varsel h", "framförhållning", "notice", "notice hours", "notice h",
      "hours of notice"}},
    {COLUMN_NOTE,
     "note",
     N_("Note"),
     {"anteckning", "anteckningar", "kommentar", "notering", "note", "notes", "comment", "remark"}},
    {COLUMN_MODE, "mode", N_("How it is given"), {"besöksform", "insatsform", "form", "mode"}},
    {COLUMN_CAUSE_FURTHER,
     "cause-further",
     N_("Further cause"),
     {"ytterligare orsak", "orsak 2", "bidragande orsak", "further cause", "second cause"}},
    {COLUMN_TOLD, "told-by", N_("How it was told"), {"hur beskedet kom", "besked", "told by"}},
    {COLUMN_ALTERNATIVE,
     "alternative",
     N_("Offered instead"),
     {"erbjöds i stället", "alternativ", "alternative", "offered instead"}},
    {COLUMN_TAKEN,
     "alternative-taken",
     N_("Offer taken"),
     {"tackade ja", "alternativ taget", "alternative taken", "offer taken"}},
    {COLUMN_WORDS, "words", N_("Own words"), {"egna ord", "med egna ord", "own words"}},
    {COLUMN_BIRTH_DATE,
     "birth-date",
     N_("Birth date"),
     {"födelsedatum", "född", "födelsedag", "birth date", "date of birth", "born"}},
    {COLUMN_ACTIVE, "active", N_("Active"), {"aktiv", "pågående", "active"}},
    {COLUMN_PROTECTION,
     "protection",
     N_("Protected identity"),
     {"skyddade uppgifter", "skyddade personuppgifter", "skyddad identitet", "sekretessmarkering",
      "protected identity", "protection"}},
    {COLUMN_OFFICER,
     "case-officer",
     N_("Case officer"),
     {"handläggare", "ansvarig handläggare", "biståndshandläggare", "socialsekreterare",
      "case officer", "käsittelijä"}},
    {COLUMN_DUE_DATE, "due-date", N_("Due"), {"förfallodag", "senast", "due date"}},
    {COLUMN_DUE_TIME, "due-time", N_("Due at"), {"ska göras kl", "due time"}},
    {COLUMN_TASK_KIND, "task-kind", N_("Kind of task"), {"slags uppgift"}},
    {COLUMN_VISIT_DATE, "visit-date", N_("Day of the visit"), {"besökets dag"}},
    {COLUMN_VISIT_START, "visit-start", N_("Time of the visit"), {"besökets tid"}},
    {COLUMN_NUMBER, "form-number", N_("Form no."), {NULL}},
    {COLUMN_CORRECTS, "corrects", N_("Corrects no."), {NULL}},
    {COLUMN_BEGUN, "begun", N_("Begun on"), {NULL}},
    {COLUMN_BEGUN_AT, "begun-at", N_("Begun at"), {NULL}},
    {COLUMN_FORM, "form", N_("Name of the form"), {NULL}},
    {COLUMN_FORM_VERSION, "form-version", N_("Version of the form"), {NULL}},
    {COLUMN_SUBJECT, "subject", N_("Named in the form"), {NULL}},
    {COLUMN_RESPONDENT, "respondent", N_("Who answers"), {NULL}},
    {COLUMN_PLACED_FROM, "placed-from", N_("Placed from"), {NULL}},
    {COLUMN_PLACED_UNTIL, "placed-until", N_("Placed until"), {NULL}},
    {COLUMN_INSTITUTION, "institution", N_("Placed with"), {NULL}},
    {COLUMN_INSTITUTION_KIND, "institution-kind", N_("Kind of placement"), {NULL}},
    {COLUMN_MEETING, "meeting", N_("How we meet"), {NULL}},
    {COLUMN_LANGUAGE, "language", N_("Language"), {NULL}},
    {COLUMN_COMPLETED, "completed", N_("Completed on"), {NULL}},
    {COLUMN_COMPLETED_AT, "completed-at", N_("Completed at"), {NULL}},
    {COLUMN_NOT_DONE, "not-done", N_("Why it was not done"), {NULL}},
    {COLUMN_NOT_DONE_WORDS, "not-done-words", N_("Own words"), {"egna ord", "own words"}},
    {COLUMN_LINK_ID, "question", N_("Code of the question"), {NULL}},
    {COLUMN_INSTANCE, "repetition", N_("Repetition"), {NULL}},
    {COLUMN_ANSWER, "answer", N_("Answer"), {NULL}},
    {COLUMN_NO_ANSWER, "no-answer", N_("Why there is no answer"), {NULL}},
    {COLUMN_ANSWER_NOTE, "answer-note", N_("Note on the answer"), {NULL}},
    {COLUMN_REASON, "answer-reason", N_("Reason for the answer"), {NULL}},
    {COLUMN_STAFF_NAME,
     "staff-name",
     N_("Name of the member of staff"),
     {"medarbetare", "personal", "anställd", "boendestödjare", "utförare", "resurs",
      "staff", "employee", "worker", "support worker", "työntekijä"}},
    {COLUMN_STAFF_CODE,
     "staff-code",
     N_("Code"),
     {"anställningsnr", "anställningsnummer", "anst nr", "signatur", "sign", "personalkod",
      "personalnr", "personalnummer", "kod", "resurskod", "resurs id", "employee number",
      "employee no", "staff code", "staff id", "code", "tunnus"}},
    {COLUMN_ROLE,
     "role",
     N_("Role"),
     {"roll", "befattning", "titel", "yrkestitel", "role", "position", "job title", "title"}},
    {COLUMN_DECISION,
     "decision",
     N_("What was decided"),
     {"beslut", "beslutstyp", "typ av beslut", "beslutets innehåll", "decision", "type of decision",
      "kind of decision", "päätös"}},
    {COLUMN_SUPPORT,
     "support",
     N_("Support"),
     {"insats", "insatstyp", "bistånd", "beviljad insats", "typ av insats", "support", "service",
      "tuki"}},
    {COLUMN_DECIDED,
     "decided",
     N_("Day of the decision"),
     {"beslutsdatum", "beslutsdag", "beslutad", "beslutat", "datum för beslut", "decision date",
      "date of decision", "decided", "decided on", "päätöspäivä"}},
    {COLUMN_VALID_FROM,
     "valid-from",
     N_("Holds from"),
     {"gäller från", "giltig från", "giltigt från", "beslut från", "insats från", "startdatum",
      "från", "fr o m", "from", "fom", "valid from", "start date"}},
    {COLUMN_VALID_TO,
     "valid-to",
     N_("Holds until"),
     {"gäller till", "giltig till", "giltigt till", "beslut till", "insats till", "slutdatum",
      "till", "t o m", "tom", "upphör", "valid to", "valid until", "end date"}},
    {COLUMN_MONTH_HOURS,
     "month-hours",
     N_("Hours a month"),
     {"timmar per månad", "timmar månad", "timmar mån", "tim mån", "tim månad", "beviljade timmar",
      "ramtid", "hours a month", "hours per month", "granted hours"}},
    {COLUMN_LAW, "law", N_("Law"), {"lag", "lagstiftning", "law", "act"}},
    {COLUMN_SECTION, "section", N_("Section"), {"lagrum", "paragraf", "section", "legal basis"}},
    {COLUMN_REASONS,
     "reasons",
     N_("Reasons"),
     {"motivering", "beslutsmotivering", "skäl", "reasons", "grounds", "perustelut"}},
    {COLUMN_DECIDED_BY,
     "decided-by",
     N_("Decided by"),
     {"beslutsfattare", "beslutat av", "beslutande", "fattat av", "delegat", "decided by",
      "decision maker", "päättäjä"}},
    {COLUMN_DELEGATION,
     "delegation",
     N_("Delegation"),
     {"delegation", "delegationspunkt", "enligt delegation", "delegationsordning"}},
};

static const CodeWord WHATS[IMPORT_WHAT_COUNT] = {
    [IMPORT_ANY] = {"any", NULL},
    [IMPORT_VISITS] = {"visits", N_("Visits")},
    [IMPORT_CLIENTS] = {"clients", N_("Clients")},
    [IMPORT_TASKS] = {"tasks", N_("To do")},
    [IMPORT_RESPONSES] = {"responses", N_("Forms")},
    [IMPORT_STAFF] = {"staff", N_("Staff")},
    [IMPORT_DECISIONS] = {"decisions", N_("Decisions")},
};
CODE_AND_NAME_FUNCTIONS(ImportWhat, import_what, WHATS)

/* Beside the client, who stands in all. */
gboolean import_what_has(ImportWhat what, ColumnKind kind)
{
    const gboolean common = kind <= COLUMN_FAMILY_NAME || kind == COLUMN_STAFF;
    switch (what) {
    case IMPORT_VISITS:
        return kind < COLUMN_BIRTH_DATE;
    case IMPORT_CLIENTS:
        return common || (kind >= COLUMN_BIRTH_DATE && kind <= COLUMN_OFFICER);
    case IMPORT_TASKS:
        return common || kind == COLUMN_NOTE ||
               (kind >= COLUMN_DUE_DATE && kind <= COLUMN_VISIT_START);
    case IMPORT_RESPONSES:
        return kind <= COLUMN_NAME || kind == COLUMN_STAFF ||
               (kind >= COLUMN_NUMBER && kind <= COLUMN_REASON);
    case IMPORT_STAFF:
        return kind == COLUMN_SKIP || (kind >= COLUMN_NAME && kind <= COLUMN_FAMILY_NAME) ||
               kind == COLUMN_ACTIVE || (kind >= COLUMN_STAFF_NAME && kind <= COLUMN_ROLE);
    case IMPORT_DECISIONS:
        return kind <= COLUMN_FAMILY_NAME || kind >= COLUMN_DECISION;
    case IMPORT_ANY:
    case IMPORT_WHAT_COUNT:
        break;
    }
    return TRUE;
}

const char *column_code(ColumnKind kind)
{
    return columns[kind].code;
}

const char *column_name(ColumnKind kind)
{
    return _(columns[kind].name);
}

gboolean column_parse(const char *code, ColumnKind *kind)
{
    for (ColumnKind k = 0; k < COLUMN_COUNT; k++)
        if (g_str_equal(columns[k].code, code)) {
            *kind = k;
            return TRUE;
        }
    return FALSE;
}

/* The name in the program's languages, as an export has it. */
static gboolean is_name(ColumnKind kind, const char *folded)
{
    static const char *const languages[] = {"sv", "en", "fi"};
    for (gsize i = 0; i < G_N_ELEMENTS(languages); i++) {
        g_autofree char *name = text_fold(i18n_text_in(languages[i], columns[kind].name));
        if (g_str_equal(g_strstrip(name), folded))
            return TRUE;
    }
    return FALSE;
}

static gboolean is_heading(ColumnKind kind, const char *folded)
{
    for (gsize i = 0; i < G_N_ELEMENTS(columns[kind].headings); i++)
        if (columns[kind].headings[i] && g_str_equal(columns[kind].headings[i], folded))
            return TRUE;
    return FALSE;
}

gboolean column_recognise(ImportWhat what, const char *heading, ColumnKind *kind)
{
    g_autofree char *folded = text_fold(heading);
    g_strstrip(folded);
    for (*kind = 0; *kind < COLUMN_COUNT; ++*kind)
        if (import_what_has(what, *kind) && is_heading(*kind, folded))
            return TRUE;
    for (*kind = COLUMN_SKIP + 1; *kind < COLUMN_COUNT; ++*kind)
        if (import_what_has(what, *kind) && is_name(*kind, folded))
            return TRUE;
    *kind = COLUMN_SKIP;
    return FALSE;
}
