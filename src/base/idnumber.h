/* idnumber.h: Swedish identity numbers. Pure functions.
 *
 * Personnummer: 18 § folkbokföringslagen (1991:481); check digit modulus 10 with weights 2,1 over
 * nine digits; "-" becomes "+" the year the person turns 100. Samordningsnummer: day + 60 (2 kap.
 * lag (2022:1697) om samordningsnummer); month 00 or day 60 is a real person whose birth date is
 * not known. Reservnummer differ between regions and are only checked loosely. */
#pragma once

#include "base/date.h"

typedef enum {
    ID_NONE,
    ID_PERSONNUMMER,
    ID_SAMORDNINGSNUMMER,
    ID_RESERVNUMMER,
} IdKind;

typedef enum { SEX_UNKNOWN, SEX_WOMAN, SEX_MAN, SEX_OTHER } Sex;

typedef enum {
    ID_OK,
    ID_EMPTY,
    ID_FORM,        /* not 10 or 12 digits with an optional - or + */
    ID_DATE,        /* no such day */
    ID_FUTURE,      /* born after `today` */
    ID_SERIAL,      /* serial 000 */
    ID_CHECK_DIGIT, /* the last digit does not fit the others */
    ID_SPREADSHEET, /* 1,99E+11: a spreadsheet has ruined it; never guessed */
} IdFault;

typedef struct {
    IdKind kind;
    IdFault fault;
    Date birth; /* DATE_NONE when not known (month 00, day 60, reservnummer without a date) */
    Sex sex;    /* by the ninth digit: odd man, even woman; SEX_UNKNOWN for reservnummer */
    int year;   /* birth year even when the day is unknown; 0 when not known */
    char
        number[14]; /* normal form, "YYYYMMDD-NNNN" (always '-'), or the reservnummer in capitals */
} IdNumber;

/* A reservnummer is known by its form (Inera: Lokala reservid, and Nationellt ReservID 1.0;
 * Socialstyrelsen's termbank; the universities' T numbers). One form can be several issuers', so
 * none is named.
 *
 * twelve digits from 99            Stockholm (99yyyyNNNNNC)
 * yyyymm, 32 to 59, four digits    Inera; the check digit must fit, or it is a mistyped day
 * yyyymmdd and four characters     Västra Götaland (K064), Värmland (SF2B), Skåne and others, with
 *   with a letter                  the birth date; the national one (AB12), in which the century
 *                                  has a multiple of three added to it (22 is 19, 23 is 20) and 00
 *                                  is none. The birth date is what is a day up to `today`.
 * yymmdd and the same four         those without their century, universities (T220): always a date
 */

/* Reads `text`: ten digits ("640823-3234", "6408233234", "+" for 100 years or more) or twelve
 * ("19640823-3234"). Ten digits with "-" or nothing are the latest century not after `today`.
 * Blanks around and inside are passed over; a hyphen may be U+2010-2013 or U+2212. `id` is always
 * filled in as far as was understood. Returns id->fault == ID_OK. */
gboolean idnumber_parse(const char *text, Date today, IdNumber *id);

/* One translated sentence for a fault, saying what to do; for ID_CHECK_DIGIT it does not tell the
 * right digit (a guess would hide a mistyped figure). Static. */
const char *idnumber_fault_text(IdFault fault);
const char *idnumber_kind_name(IdKind kind); /* translated; static */
const char *sex_name(Sex sex);               /* translated; static */
