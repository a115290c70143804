//+------------------------------------------------------------------+
//| Account.mqh - what is told of the account: hello, telemetry, and |
//| the documented status messages.                                  |
//+------------------------------------------------------------------+
#ifndef BITTENDESK_ACCOUNT_MQH
#define BITTENDESK_ACCOUNT_MQH

#include <BittenDesk/JsonWriter.mqh>
#include <BittenDesk/Ledger.mqh>

#define EA_NAME     "BITTEN Desk EA"
#define EA_VERSION  "8.10"

class CAccount
  {
private:
   CJsonWriter       m_json;
   string            m_uuid;
   ulong             m_magic;
   long              m_sequence;

   string            Written(void)
     {
      m_json.Close();
      if(!m_json.IsWhole())
         Print("A message could not be written: ", m_json.Error());
      return(m_json.IsWhole() ? m_json.Written() : "");
     }

   void              Begin(const string type)
     {
      m_json.Clear();
      m_json.OpenObject();
      m_json.Text("type", type);
     }

   void              Money(const string key, const ENUM_ACCOUNT_INFO_DOUBLE what)
     {
      m_json.Number(key, AccountInfoDouble(what), 2);
     }

   string            TradeMode(void) const
     {
      const long mode = AccountInfoInteger(ACCOUNT_TRADE_MODE);
      return(mode == ACCOUNT_TRADE_MODE_DEMO ? "demo" : (mode == ACCOUNT_TRADE_MODE_CONTEST ? "contest" : "real"));
     }

   string            MarginMode(void) const
     {
      const long mode = AccountInfoInteger(ACCOUNT_MARGIN_MODE);
      return(mode == ACCOUNT_MARGIN_MODE_RETAIL_HEDGING ? "hedging" : (mode == ACCOUNT_MARGIN_MODE_EXCHANGE ? "exchange" : "netting"));
     }

   void              Features(void)
     {
      const string features[] = {"pending", "modify", "close", "close_by", "cancel", "close_all", "reconcile", "subscribe", "close_only", "price_stops"};
      m_json.OpenArray("features");
      for(int i = 0; i < ArraySize(features); i++)
         m_json.Text("", features[i]);
      m_json.Close();
     }

public:
                     CAccount(void)
     {
      Init("", 0);
      m_sequence = 0;
     }

   void              Init(const string uuid, const ulong magic)
     {
      m_uuid = uuid;
      m_magic = magic;
     }

   //--- the account by login and server; another one is another store
   static string     Login(void)
     {
      return(IntegerToString(AccountInfoInteger(ACCOUNT_LOGIN)));
     }

   static string     Server(void)
     {
      return(AccountInfoString(ACCOUNT_SERVER));
     }

   //--- N1
   string            Hello(const CLedger &ledger, const long nowMs)
     {
      Begin("hello");
      m_json.Integer("protocol", 8);
      m_json.Text("ea", EA_NAME);
      m_json.Text("ea_version", EA_VERSION);
      m_json.Integer("terminal_build", TerminalInfoInteger(TERMINAL_BUILD));
      m_json.Text("uuid", m_uuid);
      m_json.Text("login", Login());
      m_json.Text("server", Server());
      m_json.Text("company", AccountInfoString(ACCOUNT_COMPANY));
      m_json.Text("currency", AccountInfoString(ACCOUNT_CURRENCY));
      m_json.Integer("currency_digits", AccountInfoInteger(ACCOUNT_CURRENCY_DIGITS));
      m_json.Integer("leverage", AccountInfoInteger(ACCOUNT_LEVERAGE));
      m_json.Text("trade_mode", TradeMode());
      m_json.Text("margin_mode", MarginMode());
      m_json.Bool("trade_allowed", AccountInfoInteger(ACCOUNT_TRADE_ALLOWED) != 0 && TerminalInfoInteger(TERMINAL_TRADE_ALLOWED) != 0);
      m_json.Bool("expert_allowed", AccountInfoInteger(ACCOUNT_TRADE_EXPERT) != 0 && MQLInfoInteger(MQL_TRADE_ALLOWED) != 0);
      m_json.Bool("terminal_connected", TerminalInfoInteger(TERMINAL_CONNECTED) != 0);
      m_json.Digits("magic", m_magic);
      Features();
      m_json.Text("store", ledger.StateName());
      m_json.Integer("epoch", ledger.Epoch());
      m_json.Bool("close_only", ledger.IsCloseOnly());
      m_json.Integer("sent_at", nowMs);
      return(Written());
     }

   //--- N2, with the documented fields. hasLists: the terminal's numbers of positions and orders are those of the account
   string            Telemetry(const long nowMs, const bool hasLists)
     {
      m_sequence++;
      Begin("telemetry");
      m_json.Text("uuid", m_uuid);
      m_json.Integer("account", AccountInfoInteger(ACCOUNT_LOGIN));
      m_json.Text("server", Server());
      Money("balance", ACCOUNT_BALANCE);
      Money("equity", ACCOUNT_EQUITY);
      Money("margin", ACCOUNT_MARGIN);
      Money("free_margin", ACCOUNT_MARGIN_FREE);
      if(AccountInfoDouble(ACCOUNT_MARGIN) > 0)
         Money("margin_level", ACCOUNT_MARGIN_LEVEL);
      Money("credit", ACCOUNT_CREDIT);
      Money("profit", ACCOUNT_PROFIT);
      if(hasLists)
        {
         m_json.Integer("positions", PositionsTotal());
         m_json.Integer("orders", OrdersTotal());
        }
      m_json.Integer("seq", m_sequence);
      m_json.Integer("sent_at", nowMs);
      return(Written());
     }

   //--- documented: startup, shutdown, config
   string            Status(const string status, const string message)
     {
      Begin("status");
      m_json.Text("status", status);
      m_json.Text("message", message);
      m_json.Text("ea_version", EA_VERSION);
      m_json.Integer("account", AccountInfoInteger(ACCOUNT_LOGIN));
      m_json.Text("server", Server());
      m_json.Integer("timestamp", (long)TimeGMT());
      return(Written());
     }

   //--- documented
   string            StatusReport(void)
     {
      Begin("status_report");
      m_json.Bool("connected", TerminalInfoInteger(TERMINAL_CONNECTED) != 0);
      m_json.Integer("open_positions", PositionsTotal());
      Money("account_balance", ACCOUNT_BALANCE);
      Money("account_equity", ACCOUNT_EQUITY);
      Money("account_margin", ACCOUNT_MARGIN);
      m_json.Integer("timestamp", (long)TimeGMT());
      return(Written());
     }

   //--- n: the number of the ping that it answers; 0: it had none
   string            Pong(const long n, const string session, const long nowMs)
     {
      Begin("pong");
      if(n > 0)
        {
         m_json.Integer("n", n);
         m_json.Text("session", session);
         m_json.Integer("at", nowMs);
        }
      return(Written());
     }

   //--- N9
   string            CloseOnly(const bool on)
     {
      Begin("close_only");
      m_json.Bool("on", on);
      return(Written());
     }
  };

#endif
//+------------------------------------------------------------------+
