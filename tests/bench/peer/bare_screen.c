/* bare_screen.c: the peer of the full screen: curses alone. A list of lines, one of them marked;
 * the down key moves the mark, any other key leaves. It tells when it waits, as the program does
 * (ui/term.h, TermSync). */
#include <curses.h>
#include <locale.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

static void draw_line(int line, int marked)
{
    mvprintw(line, 0, "%c %02d:30  Client number %-6d", line == marked ? '>' : ' ', 8 + line % 9,
             1000 + line);
    clrtoeol();
    mvchgat(line, 0, -1, line == marked ? A_REVERSE : A_NORMAL, 0, NULL);
}

static void say_waiting(int descriptor, uint64_t bytes)
{
    const uint64_t sync[2] = {bytes, 0};

    if (descriptor >= 0 && write(descriptor, sync, sizeof sync) != sizeof sync)
        exit(1);
}

int main(void)
{
    const char *text = getenv("DAGSFORM_TEST_SYNC_FD");
    const int descriptor = text ? atoi(text) : -1;
    uint64_t bytes = 0;
    int marked = 0;

    setlocale(LC_ALL, "");
    initscr();
    cbreak();
    noecho();
    keypad(stdscr, TRUE);
    for (int line = 0; line < LINES - 1; line++)
        draw_line(line, marked);
    refresh();
    say_waiting(descriptor, bytes);
    while (getch() == KEY_DOWN) {
        bytes += 3;
        draw_line(marked, -1);
        marked = (marked + 1) % (LINES - 1);
        draw_line(marked, marked);
        move(marked, 0);
        refresh();
        say_waiting(descriptor, bytes);
    }
    endwin();
    return 0;
}
