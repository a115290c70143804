//+------------------------------------------------------------------+
//| BittenDesk.mq5 - trades what BITTEN Desk, or another BITTEN      |
//| backend, tells it to. No DLL, nothing to edit here: all is set   |
//| by the inputs.                                                   |
//+------------------------------------------------------------------+
#property copyright "BITTEN Desk"
#property version   "8.10"
#property description "Commands in, telemetry and results out, over ZeroMQ without a DLL."

#include <BittenDesk/CommandHandler.mqh>
#include <BittenDesk/Ea.mqh>
#include <BittenDesk/Teller.mqh>

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

CEa             g_ea;
CTeller         g_teller;
CCommandHandler g_handler;
ulong           g_connections = 0; // those that had begun when it was last looked
ulong           g_nextOpening = 0; // the next try to open the store
ulong           g_nextKeeping = 0; // the next try to write the switch for closes alone
string          g_login = "";
string          g_quiet = "";      // why this EA does nothing; empty: it works
string          g_shown = "";      // the chart's comment

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
   if(g_ea.ledger.IsOpen() && account == g_login)
      return(true);
   if(GetTickCount64() < g_nextOpening)
      return(false);
   g_nextOpening = GetTickCount64() + 1000;
   g_ea.ledger.Close();
   g_ea.session.End();
   g_ea.links.Close();
   if(AccountInfoInteger(ACCOUNT_LOGIN) == 0)
     {
      SetQuiet("The terminal is not logged in.");
      return(false);
     }
   if(!g_ea.ledger.Open(CAccount::Login(), CAccount::Server(), g_ea.clock.NowMs()))
     {
      SetQuiet(g_ea.ledger.Error());
      return(false);
     }
   //--- what is on its way in one account must not be settled by what another one shows
   if(account != g_login)
     {
      g_ea.orders.Forget();
      g_ea.trades.Forget();
     }
   g_login = account;
   g_quiet = "";
   g_ea.orders.RecoverAll(g_ea.ledger);
   return(true);
  }

//--- a new connection: the desk must welcome this EA again
void LookAtConnections(void)
  {
   if(g_ea.links.Connections() != g_connections)
     {
      g_connections = g_ea.links.Connections();
      g_ea.session.End();
      g_teller.Begin(g_ea);
     }
   const bool isOpen = g_ea.links.IsOpen();
   if(isOpen && !g_ea.isOpen)
     {
      Print("Connected to backend controller");
      if(!g_ea.isDesk)
         g_ea.links.Say(g_ea.account.Status("startup", EA_NAME + " connected"));
     }
   if(!isOpen && g_ea.isOpen)
      Print("The backend controller is gone");
   g_ea.isOpen = isOpen;
  }

//--- a switch that is in force and could not be written: tried again once a second
void KeepSwitch(void)
  {
   if(g_ea.ledger.IsCloseOnlyKept() || GetTickCount64() < g_nextKeeping)
      return;
   g_nextKeeping = GetTickCount64() + 1000;
   if(g_ea.ledger.PutCloseOnly(g_ea.ledger.IsCloseOnly(), g_ea.clock.NowMs()))
      Print("The switch for closes alone is written now.");
  }

//--- the chart's comment, when it has changed
void Show(void)
  {
   string text = EA_NAME + " " + EA_VERSION + "\n";
   if(StringLen(g_quiet) > 0)
      text += g_quiet;
   else
      text += g_ea.links.Status() + "\nAccount: " + g_login + (g_ea.session.IsWelcomed() ? "\nWelcomed by the desk" : "") +
              (g_handler.Refused() > 0 ? "\nCommands not taken: " + IntegerToString((long)g_handler.Refused()) : "") +
              (g_ea.ledger.IsCloseOnly() ? "\nClosed for entries until the desk releases it" : "") + "\nLast: " + g_ea.orders.Last();
   if(text == g_shown)
      return;
   g_shown = text;
   Comment(text);
  }

int OnInit(void)
  {
   g_ea.account.Init(StringLen(Trimmed(Uuid)) > 0 ? Trimmed(Uuid) : CAccount::Login(), (ulong)Magic);
   g_ea.orders.Init((ulong)Magic, Deviation, MaxLot, MaxPositions, DayLoss, (uint)MissingS * 1000);
   g_ea.links.Init(Trimmed(Host), (uint)CommandPort, (uint)TelemetryPort, Feedback == FEEDBACK_SHARED ? 0 : (uint)FeedbackPort, Commands == COMMANDS_PUB, Trimmed(Topic), Feedback == FEEDBACK_REQUEST);
   g_ea.trades.Init((ulong)Magic);
   g_ea.isDesk = Backend == BACKEND_DESK;
   g_handler.Init(Deviation);
   g_ea.symbols.Clear();
   g_ea.symbols.AddList(StringLen(Trimmed(SymbolList)) > 0 ? SymbolList : Symbol());
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
   g_ea.links.Close();
   g_ea.session.End();
   g_ea.ledger.Close();
   g_ea.isOpen = false;
   Comment("");
   Print("stopped, reason ", reason);
  }

void OnTimer(void)
  {
   if(g_ea.clock.WasSet())
      g_ea.session.ForgetOffset();
   g_ea.trades.Watch();
   if(OpenLedger())
     {
      g_ea.links.Step();
      LookAtConnections();
      g_handler.TakeCommands(g_ea, g_teller);
      KeepSwitch();
      g_ea.orders.Step(g_ea.ledger, g_ea.clock.NowMs());
      g_teller.Step(g_ea);
      g_ea.links.Flush();
     }
   Show();
  }

void OnTradeTransaction(const MqlTradeTransaction &transaction, const MqlTradeRequest &request, const MqlTradeResult &result)
  {
   g_ea.orders.OnTransaction(transaction, request, result);
   if(g_ea.session.IsWelcomed())
      g_ea.trades.OnTransaction(transaction);
   if(!g_ea.ledger.IsOpen())
      return;
   //--- a result leaves in the step in which it is known
   g_ea.orders.Step(g_ea.ledger, g_ea.clock.NowMs());
   g_teller.SayReports(g_ea);
   g_ea.links.Flush();
  }
//+------------------------------------------------------------------+
