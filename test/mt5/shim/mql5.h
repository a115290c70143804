// MetaTrader 5 as far as an EA sees it, for g++: every MQL5 file is compiled behind this one.
#pragma once
#include "base.h"
#include "arrays.h"
#include "strings5.h"
#include "text.h"
#include "numbers.h"
#include "clock.h"
#include "inputs.h"
#include "sockets.h"
#include "files.h"
#include "globals.h"
#include "control.h"
#include "events.h"
