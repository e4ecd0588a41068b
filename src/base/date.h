/* date.h: dates, clock times and ISO 8601 weeks, all local and never instants. Pure functions.
 *
 * Source of the week rules: ISO 8601-1:2019, 3.1.1.23 (week 1 holds the year's first Thursday). */
#pragma once

#include <glib.h>

/* Days since 1970-01-01, proleptic Gregorian. Valid from 1800-01-01 to 2199-12-31. */
typedef gint32 Date;
#define DATE_NONE G_MININT32

#define DATE_SIZE 11 /* "2026-11-22" and its NUL */
#define TIME_SIZE 6  /* "14:05" and its NUL */
#define WEEK_SIZE 9  /* "2026-W47" and its NUL */

#define DAY_MINUTES (24 * 60)

/* DATE_NONE when there is no such day (30 February) or it is out of range. */
Date date_from_ymd(int year, int month, int day);
void date_to_ymd(Date date, int *year, int *month, int *day);

/* Exactly "YYYY-MM-DD". DATE_NONE otherwise, and for NULL: an empty column of the database. */
Date date_parse(const char *text);
/* As people in Sweden type one, seen from `today`: "2026-11-21", "20261121", "261121", "21/11",
 * "21/11 2026", "21.11", "21 nov", "idag", "i dag", "imorgon", "i morgon", "igår", "i går",
 * "i förrgår", "i övermorgon", "fre" or "fredag" (the next one, today included), "v47 fre",
 * "v. 47 fredag", "+3" and "-2" (days), "+2v" (weeks), "om 3 dagar", "om en vecka"; also Finnish
 * and English day names and today/tomorrow/yesterday, tänään/huomenna/eilen. A date without a year
 * is the one nearest to `today`. Case and surrounding blanks do not matter. DATE_NONE when not
 * understood. */
Date date_parse_words(const char *text, Date today);
/* A day, a time, or both, in that order: "30/11 14:15", "fre 10", "imorgon kl 9", "14.30". What is
 * not said stays as it was in `date` and `minute` (of the day); of a time alone the day is `today`.
 * Four digits that begin with 19 or 20 behind a day are its year. FALSE when it is not understood,
 * and nothing is changed. */
gboolean date_parse_moment(const char *text, Date today, Date *date, int *minute);
/* Writes "YYYY-MM-DD"; the empty string for DATE_NONE. `buffer` holds DATE_SIZE. Returns it. */
char *date_format(Date date, char *buffer);
/* The same, but NULL for DATE_NONE: as a column without a day is stored. */
const char *date_or_null(Date date, char *buffer);

int date_weekday(Date date);       /* 1 Monday … 7 Sunday */
int date_age(Date birth, Date on); /* whole years; born 29 February: has birthday 1 March */
Date date_add_months(Date date, int months); /* 31 Jan + 1 = the last of February */
const char *date_weekday_name(int weekday);  /* translated, "måndag"; static */
const char *date_weekday_short(int weekday); /* translated, "mån"; static */
const char *date_month_name(int month);      /* translated, "januari"; static */

/* Minutes since midnight, 0-1439, from "8", "08", "8:30", "08.30", "830", "0830"; -1 otherwise.
 * "24:00" and "25:00" are not times. */
int time_parse(const char *text);
char *time_format(int minutes, char *buffer); /* "HH:MM"; empty for -1; TIME_SIZE */
/* "tue 2026-11-24 14:00": a day in words and, where there is one (-1), the time. New. */
char *time_after_day(const char *day, int minutes);
/* Sets `*minutes`, of at most a day, from "60", "90 min", "1:30", "1,5 h" or "2 tim"; FALSE when it
 * is none of them, and nothing is changed. */
gboolean length_parse(const char *text, int *minutes);
/* The same, but NULL for -1: as a column without a time is stored. */
const char *time_or_null(int minutes, char *buffer);

/* An ISO week as one number that sorts: week-year * 100 + week (202645). 0 is none. It is stored
 * so beside a visit's date. */
typedef gint32 Week;
Week week_of(Date date);
Week week_parse(const char *text); /* "2026-W45", "2026W45", "2026-v45", "v45 2026"; 0 if wrong */
char *week_format(Week week, char *buffer); /* "2026-W45", WEEK_SIZE */
Date week_monday(Week week);
Week week_add(Week week, int weeks);
int week_between(Week from, Week to); /* whole weeks from `from` to `to`, may be negative */
int weeks_in_year(int year);          /* 52 or 53 */
