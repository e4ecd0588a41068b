/* json_glib.h: for a target whose text JSON-GLib reads. What it leaks is not counted: nothing is given
 * back of a number that stands before what is no JSON, nor of a first value that another follows. */
#pragma once

int __lsan_is_turned_off(void);

int __lsan_is_turned_off(void)
{
    return 1;
}
