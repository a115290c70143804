//+------------------------------------------------------------------+
//| BittenDesk.mq5 - trades what BITTEN Desk, or another BITTEN      |
//| backend, tells it to. No DLL, nothing to edit here: all is set   |
//| by the inputs.                                                   |
//+------------------------------------------------------------------+
#property copyright "BITTEN Desk"
#property version   "8.00"
#property description "Commands in, telemetry and results out, over ZeroMQ without a DLL."

#include <BittenDesk/Account.mqh>
#include <BittenDesk/Links.mqh>
#include <BittenDesk/Orders.mqh>
#include <BittenDesk/Reconcile.mqh>
#include <BittenDesk/Session.mqh>
#include <BittenDesk/Symbols.mqh>
#include <BittenDesk/SymbolSpecs.mqh>
#include <BittenDesk/Trades.mqh>

enum ENUM_BACKEND
  {
   BACKEND_DESK  = 0, // BITTEN Desk
   BACKEND_OTHER = 1  // Another BITTEN backend
  };

enum ENUM_COMMANDS
  {
   COMMANDS_PUSH = 0, // Pushed
   COMMANDS_PUB  = 1  // Published
  };

enum ENUM_FEEDBACK
  {
   FEEDBACK_SHARED  = 0, // On telemetry's port
   FEEDBACK_PORT    = 1, // On a port of its own
   FEEDBACK_REQUEST = 2  // On a port of its own, acknowledged
  };

input group "Backend"
input string        Host         = "127.0.0.1";     // Address of the backend
input int           CommandPort  = 5555;            // Port of commands
input int           TelemetryPort = 5556;           // Port of telemetry
input int           FeedbackPort = 0;               // Port of feedback, if it has one
input ENUM_BACKEND  Backend      = BACKEND_DESK;    // What listens there
input ENUM_COMMANDS Commands     = COMMANDS_PUSH;   // How commands come
input string        Topic        = "";              // Beginning of published commands
input ENUM_FEEDBACK Feedback     = FEEDBACK_SHARED; // Where results go
input group "Account"
input string        Uuid         = "";              // Name of this EA; empty: the account's number
input long          Magic        = 20250801;        // Magic number of its orders
input int           Deviation    = 10;              // Slippage allowed, points, where a command says none
input string        SymbolList   = "";              // Symbols whose prices are told; empty: the chart's
input group "Own limits (0: none)"
input double        MaxLot       = 0;               // Most lots of one order
input int           MaxPositions = 0;               // Most open positions and pending orders
input double        DayLoss      = 0;               // Most loss of a day, money of the account
input group "Timing"
input int           TimerMs      = 20;              // Steps of this EA, milliseconds
input int           MissingS     = 180;             // An order that the account does not show after so long was not traded, seconds

#define MOST_COMMANDS_A_STEP  16

CLinks         g_links;
CLedger        g_ledger;
CSession       g_session;
COrders        g_orders;
CAccount       g_account;
CSymbols       g_symbols;
CSymbolSpecs   g_specs;
CTrades        g_trades;
CUtcClock      g_clock;
CCommandReader g_reader;
CReconciled    g_reconciled;
ulong          g_connections = 0;
bool           g_wasOpen = false;
ulong          g_nextSecond = 0;
ulong          g_nextOpening = 0;
string         g_page = "";        // of an answer about orders, not told yet
ulong          g_nextKeeping = 0;
string         g_login = "";
string         g_quiet = "";       // why this EA does nothing; empty: it works
string         g_shown = "";
ulong          g_refused = 0;      // commands that were not read, or are of another session

string Trimmed(const string text)
  {
   string trimmed = text;
   StringTrimLeft(trimmed);
   StringTrimRight(trimmed);
   return(trimmed);
  }

void SetQuiet(const string why)
  {
   if(why != g_quiet)
      Print("This EA does nothing: ", why);
   g_quiet = why;
  }

//--- another account is another store; where another program has it, this one stays quiet
bool OpenLedger(void)
  {
   const string account = CAccount::Login() + "@" + CAccount::Server();
   if(g_ledger.IsOpen() && account == g_login)
      return(true);
   if(GetTickCount64() < g_nextOpening)
      return(false);
   g_nextOpening = GetTickCount64() + 1000;
   g_ledger.Close();
   g_session.End();
   g_links.Close();
   if(AccountInfoInteger(ACCOUNT_LOGIN) == 0)
     {
      SetQuiet("The terminal is not logged in.");
      return(false);
     }
   if(!g_ledger.Open(CAccount::Login(), CAccount::Server(), g_clock.NowMs()))
     {
      SetQuiet(g_ledger.Error());
      return(false);
     }
   //--- what is on its way in one account must not be settled by what another one shows
   if(account != g_login)
     {
      g_orders.Forget();
      g_trades.Forget();
     }
   g_login = account;
   g_quiet = "";
   g_orders.RecoverAll(g_ledger);
   return(true);
  }

//--- a new connection: the desk must welcome this EA again
void LookAtConnections(void)
  {
   if(g_links.Connections() != g_connections)
     {
      g_connections = g_links.Connections();
      g_session.End();
      g_reconciled.Forget();
      g_page = "";
      g_nextSecond = 0;
     }
   const bool isOpen = g_links.IsOpen();
   if(isOpen && !g_wasOpen)
     {
      Print("Connected to backend controller");
      if(Backend == BACKEND_OTHER)
         g_links.Say(g_account.Status("startup", EA_NAME + " connected"));
     }
   if(!isOpen && g_wasOpen)
      Print("The backend controller is gone");
   g_wasOpen = isOpen;
  }

//--- a switch that is in force and could not be written: tried again once a second
void KeepSwitch(void)
  {
   if(g_ledger.IsCloseOnlyKept() || GetTickCount64() < g_nextKeeping)
      return;
   g_nextKeeping = GetTickCount64() + 1000;
   if(g_ledger.PutCloseOnly(g_ledger.IsCloseOnly(), g_clock.NowMs()))
      Print("The switch for closes alone is written now.");
  }

//--- once a second
void SayFigures(void)
  {
   if(!g_wasOpen || GetTickCount64() < g_nextSecond)
      return;
   g_nextSecond = GetTickCount64() + 1000;
   if(Backend == BACKEND_DESK && !g_session.IsWelcomed())
      g_links.Say(g_account.Hello(g_ledger, g_clock.NowMs()));
   g_links.Say(g_account.Telemetry(g_clock.NowMs(), g_trades.IsSettled()));
  }

void SayTicks(void)
  {
   if(!g_wasOpen)
      return;
   for(int i = 0; i < g_symbols.Count(); i++)
     {
      const string tick = g_symbols.NextTick();
      if(StringLen(tick) == 0)
         return;
      g_links.Say(tick);
     }
  }

//--- N7, to a desk that has welcomed this EA
void SaySpecs(void)
  {
   if(!g_wasOpen || !g_session.IsWelcomed())
      return;
   const string spec = g_specs.Next();
   if(StringLen(spec) > 0 && !g_links.Say(spec))
      g_specs.Again();
  }

//--- N5 and N6, to a desk that has welcomed this EA
void SayTrades(void)
  {
   if(g_wasOpen && g_session.IsWelcomed())
      g_trades.Step(g_links, g_ledger, g_clock.NowMs());
  }

void SayReports(void)
  {
   OrderTold told = {};
   while(g_orders.NextTold(told))
     {
      Print(told.json);
      if(!g_links.Report(told.json))
         Print("Too many reports wait: that of order ", told.id, " is told when it is asked for.");
     }
  }

//--- N8: a page that does not leave now, as more waits than the connection takes, leaves later
void SayReconciled(void)
  {
   while(StringLen(g_page) > 0 || g_reconciled.NextPage(g_page))
     {
      if(!g_links.Say(g_page))
         return;
      g_page = "";
     }
  }

bool IsEntry(const Command &command)
  {
   return(command.type == "signal" || command.type == "modify");
  }

//--- what stops a command whatever it asks for
void SetGate(const Command &command, OrderGate &gate)
  {
   gate.code = "";
   gate.reason = "";
   gate.latestMs = 0;
   if(!IsEntry(command))
      return;
   if(g_ledger.IsCloseOnly() && command.type == "signal")
     {
      gate.code = "close_only";
      gate.reason = "This EA is closed for entries until the desk releases it.";
      return;
     }
   if(StringLen(command.session) == 0)
      return;
   if(g_session.IsOther())
     {
      gate.code = "epoch";
      gate.reason = "A desk with a higher count of starts commands this account.";
      return;
     }
   gate.latestMs = g_session.LatestMs(command, g_clock.NowMs());
   if(gate.latestMs == 0)
     {
      gate.code = "expired";
      gate.reason = "How old the order is can't be told: no ping has said how far the clocks are apart.";
     }
  }

void Obey(Command &command)
  {
   if(command.type == "ping")
     {
      g_session.OnPing(command, g_clock.NowMs());
      g_links.Say(g_account.Pong(command.n, command.session, g_clock.NowMs()));
      return;
     }
   if(command.type == "close_only" && g_session.IsOther())
     {
      Print("The switch for closes alone was not set: a desk with a higher count of starts commands this account.");
      g_links.Say(g_account.CloseOnly(g_ledger.IsCloseOnly()));
      return;
     }
   if(command.type == "close_only")
     {
      const bool before = g_ledger.IsCloseOnly();
      if(!g_ledger.PutCloseOnly(command.on, g_clock.NowMs()))
         Print("The switch for closes alone could not be written: ", g_ledger.Error());
      if(g_ledger.IsCloseOnly() != before)
         Print(before ? "The desk has released this EA: entries are taken again." : "The desk has closed this EA for entries: it takes closes alone.");
      g_links.Say(g_account.CloseOnly(g_ledger.IsCloseOnly()));
      return;
     }
   if(command.type == "reconcile")
     {
      AskedId asked[];
      g_reader.AskedIds(asked);
      g_reconciled.Answer(g_ledger, asked, command.n, g_clock.NowMs());
      g_page = "";
      SayReconciled();
      g_trades.Ask(command.since);
      return;
     }
   if(command.type == "subscribe")
     {
      string symbols[];
      const int count = g_reader.Symbols(symbols);
      g_symbols.Clear();
      for(int i = 0; i < count; i++)
         if(!g_symbols.Add(symbols[i]))
            Print("Symbol ", symbols[i], " is not in this terminal: its prices are not told.");
      return;
     }
   OrderGate gate = {};
   SetGate(command, gate);
   g_orders.Carry(g_ledger, g_clock, command, gate);
  }

void CarryDocumented(Command &command)
  {
   if(Backend == BACKEND_DESK && g_ledger.Epoch() > 0)
     {
      g_orders.RefuseUnread(command.id, "session", "This account is commanded by a BITTEN Desk, so that a command without its session is not taken. Set the input for another backend if you mean it.");
      return;
     }
   command.deviation = Deviation;
   if(command.action == "close" || command.action == "close_all")
     {
      command.type = "close_all";
      command.whose = "own";
      if(command.action == "close_all")
         command.symbol = "";
     }
   OrderGate gate = {};
   SetGate(command, gate);
   g_orders.Carry(g_ledger, g_clock, command, gate);
  }

//--- W2 and W7
void ObeyDocumented(Command &command)
  {
   if(command.type == "ping")
      g_links.Say(g_account.Pong(0, "", g_clock.NowMs()));
   else
      if(command.type == "command" && command.word == "status")
         g_links.Say(g_account.StatusReport());
      else
         if(command.type == "config")
            g_links.Say(g_account.Status("config", "This EA takes its settings from its inputs alone"));
         else
            if(command.type == "signal")
               CarryDocumented(command);
  }

void TakeWelcome(const Command &command)
  {
   if(!g_session.Welcome(g_ledger, command, g_clock.NowMs()))
     {
      Print("The desk's session could not be written, so that nothing of it is taken: ", g_ledger.Error());
      return;
     }
   g_trades.Begin();
   g_specs.Begin();
  }

void TakeCommand(const uchar &bytes[])
  {
   Command command = {};
   if(!g_reader.Read(bytes, ArraySize(bytes), command))
     {
      g_refused++;
      Print("A command was not read: ", g_reader.Error());
      if(StringLen(command.id) > 0)
         g_orders.RefuseUnread(command.id, "invalid", g_reader.Error());
      return;
     }
   if(command.type == "welcome")
     {
      if(Backend == BACKEND_DESK)
         TakeWelcome(command);
      return;
     }
   if(StringLen(command.session) == 0)
     {
      ObeyDocumented(command);
      return;
     }
   if(g_session.Is(command.session))
     {
      Obey(command);
      return;
     }
   g_refused++;
   //--- what is known of its ID already stays so: another session says nothing of it
   if(StringLen(command.id) > 0 && !g_orders.AnswerKnown(g_ledger, command))
      g_orders.RefuseUnread(command.id, "session", "The command belongs to another session.");
  }

void TakeCommands(void)
  {
   uchar bytes[];
   for(int i = 0; i < MOST_COMMANDS_A_STEP && g_links.Receive(bytes); i++)
      TakeCommand(bytes);
  }

//--- the chart's comment, when it has changed
void Show(void)
  {
   string text = EA_NAME + " " + EA_VERSION + "\n";
   if(StringLen(g_quiet) > 0)
      text += g_quiet;
   else
      text += g_links.Status() + "\nAccount: " + g_login + (g_session.IsWelcomed() ? "\nWelcomed by the desk" : "") +
              (g_refused > 0 ? "\nCommands not taken: " + IntegerToString((long)g_refused) : "") +
              (g_ledger.IsCloseOnly() ? "\nClosed for entries until the desk releases it" : "") + "\nLast: " + g_orders.Last();
   if(text == g_shown)
      return;
   g_shown = text;
   Comment(text);
  }

int OnInit(void)
  {
   g_account.Init(StringLen(Trimmed(Uuid)) > 0 ? Trimmed(Uuid) : CAccount::Login(), (ulong)Magic);
   g_orders.Init((ulong)Magic, Deviation, MaxLot, MaxPositions, DayLoss, (uint)MissingS * 1000);
   g_links.Init(Trimmed(Host), (uint)CommandPort, (uint)TelemetryPort, Feedback == FEEDBACK_SHARED ? 0 : (uint)FeedbackPort, Commands == COMMANDS_PUB, Trimmed(Topic), Feedback == FEEDBACK_REQUEST);
   g_trades.Init((ulong)Magic);
   g_symbols.Clear();
   g_symbols.AddList(StringLen(Trimmed(SymbolList)) > 0 ? SymbolList : Symbol());
   g_nextOpening = 0;
   if(!EventSetMillisecondTimer(TimerMs))
     {
      Print("The timer could not be set: error ", GetLastError());
      return(INIT_FAILED);
     }
   OpenLedger();
   return(INIT_SUCCEEDED);
  }

void OnDeinit(const int reason)
  {
   EventKillTimer();
   g_links.Close();
   g_session.End();
   g_ledger.Close();
   g_wasOpen = false;
   Comment("");
   Print("stopped, reason ", reason);
  }

void OnTimer(void)
  {
   if(g_clock.WasSet())
      g_session.ForgetOffset();
   g_trades.Watch();
   if(OpenLedger())
     {
      g_links.Step();
      LookAtConnections();
      TakeCommands();
      KeepSwitch();
      g_orders.Step(g_ledger, g_clock.NowMs());
      SayReports();
      SayReconciled();
      SayFigures();
      SayTrades();
      SayTicks();
      SaySpecs();
      g_links.Flush();
     }
   Show();
  }

void OnTradeTransaction(const MqlTradeTransaction &transaction, const MqlTradeRequest &request, const MqlTradeResult &result)
  {
   g_orders.OnTransaction(transaction, request, result);
   if(g_session.IsWelcomed())
      g_trades.OnTransaction(transaction);
   if(!g_ledger.IsOpen())
      return;
   //--- a result leaves in the step in which it is known
   g_orders.Step(g_ledger, g_clock.NowMs());
   SayReports();
   g_links.Flush();
  }
//+------------------------------------------------------------------+
