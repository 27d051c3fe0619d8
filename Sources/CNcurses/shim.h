/* ncursesw as Swift can call it: macros, variadic functions, `stdscr` and the names that begin with
   A_, KEY_F and BUTTON are not imported, so each use of one is a function here. No state. */
#ifndef VTRACE_CNCURSES_SHIM_H
#define VTRACE_CNCURSES_SHIM_H

#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>

/* To call before `newterm`: LINES and COLUMNS count only where the terminal does not tell its size. */
static inline void vt_begin(void) {
  struct winsize size;
  if (ioctl(1, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return;
  unsetenv("LINES");
  unsetenv("COLUMNS");
}

/* Prepares the screen that `newterm` made. */
static inline void vt_prepare(void) {
  cbreak();
  noecho();
  nonl();
  keypad(stdscr, TRUE);
  nodelay(stdscr, TRUE);
  leaveok(stdscr, TRUE);
  curs_set(0);
  set_escdelay(25);
  mousemask(BUTTON1_PRESSED | BUTTON1_CLICKED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
  mouseinterval(0);
}

/* Prepares colours: how many there are, 0 for none. */
static inline int vt_colors(void) {
  if (!has_colors() || start_color() == ERR) return 0;
  use_default_colors();
  return COLORS;
}

static inline int vt_pairs(void) { return COLOR_PAIRS; }
static inline int vt_rows(void) { return getmaxy(stdscr); }
static inline int vt_columns(void) { return getmaxx(stdscr); }
static inline void vt_flush(void) { wnoutrefresh(stdscr); doupdate(); }
static inline void vt_redraw(void) { clearok(curscr, TRUE); }

/* Attributes by bit: 1 bold, 2 dim, 4 reverse, 8 underline. */
static inline void vt_put(int row, int column, const char *text, int attributes, int pair) {
  attr_t chosen = A_NORMAL;
  if (attributes & 1) chosen |= A_BOLD;
  if (attributes & 2) chosen |= A_DIM;
  if (attributes & 4) chosen |= A_REVERSE;
  if (attributes & 8) chosen |= A_UNDERLINE;
  attr_set(chosen, (short)pair, NULL);
  mvaddstr(row, column, text);
}

/* What `vt_next` found. */
enum vt_event {
  VT_NONE, VT_CHARACTER, VT_UP, VT_DOWN, VT_LEFT, VT_RIGHT, VT_PAGE_UP, VT_PAGE_DOWN, VT_HOME,
  VT_END, VT_ENTER, VT_BACK_TAB, VT_BACKSPACE, VT_DELETE, VT_RESIZE, VT_MOUSE, VT_OTHER
};

/* The next key that waits, without waiting for one; a character's code goes to `character`. */
static inline int vt_next(unsigned int *character) {
  wint_t key = 0;
  int kind = get_wch(&key);
  if (kind == ERR) return VT_NONE;
  *character = (unsigned int)key;
  if (kind == OK) return VT_CHARACTER;
  switch (key) {
    case KEY_UP: return VT_UP;
    case KEY_DOWN: return VT_DOWN;
    case KEY_LEFT: return VT_LEFT;
    case KEY_RIGHT: return VT_RIGHT;
    case KEY_PPAGE: return VT_PAGE_UP;
    case KEY_NPAGE: return VT_PAGE_DOWN;
    case KEY_HOME: return VT_HOME;
    case KEY_END: return VT_END;
    case KEY_ENTER: return VT_ENTER;
    case KEY_BTAB: return VT_BACK_TAB;
    case KEY_BACKSPACE: return VT_BACKSPACE;
    case KEY_DC: return VT_DELETE;
    case KEY_RESIZE: return VT_RESIZE;
    case KEY_MOUSE: return VT_MOUSE;
    default: return VT_OTHER;
  }
}

/* The mouse event that was announced: 1 the left button, 2 the wheel up, 3 down, 0 nothing. */
static inline int vt_mouse(int *row, int *column) {
  MEVENT event;
  if (getmouse(&event) != OK) return 0;
  *row = event.y;
  *column = event.x;
  if (event.bstate & BUTTON4_PRESSED) return 2;
  if (event.bstate & BUTTON5_PRESSED) return 3;
  return event.bstate & (BUTTON1_PRESSED | BUTTON1_CLICKED) ? 1 : 0;
}

/* Whether the locale that was set has UTF-8. */
static inline int vt_has_utf8(void) { return strcmp(nl_langinfo(CODESET), "UTF-8") == 0; }

/* What the terminal is told to leave the view, by name of the capability; NULL for none. */
static inline const char *vt_capability(const char *name) {
  const char *text = tigetstr((char *)name);
  return text == (const char *)-1 ? NULL : text;
}

#endif
