//+------------------------------------------------------------------+
//| JsonChecks.mq5 - what the readers and the writer of JSON give,   |
//| for tests.                                                       |
//+------------------------------------------------------------------+
#property script_show_inputs

#include <BittenDesk/Json.mqh>
#include <BittenDesk/JsonWriter.mqh>

int   g_failed = 0;
CJson g_json;

void Check(const bool holds, const string what)
  {
   if(holds)
      return;
   g_failed++;
   Print("WRONG ", what);
  }

void CheckReaders(void)
  {
   Check(g_json.ParseText("{\"type\":\"signal\",\"ticket\":\"9223372036854775809\",\"lot\":0.10,\"n\":-5,\"big\":9223372036854775807," +
                          "\"on\":true,\"off\":false,\"sl\":null,\"list\":[\"a\",\"b\"],\"e\":1e3,\"inner\":{\"x\":1}}"), "it is read");
   string text = "before";
   long whole = 7;
   ulong ticket = 7;
   double real = 7.0;
   bool on = false;
   Check(g_json.Type(0) == JSON_OBJECT && g_json.Count(0) == 11 && StringLen(g_json.Error()) == 0, "the whole");
   Check(g_json.ReadText(0, "type", text) && text == "signal", "a text");
   Check(g_json.ReadDigits(0, "ticket", ticket) && IntegerToString((long)(ticket - 1)) == "-9223372036854775808", "a ticket of 19 digits");
   Check(g_json.Text(g_json.Find(0, "lot")) == "0.10", "a number keeps its digits");
   Check(g_json.ReadDouble(0, "lot", real) && real == 0.1, "a double");
   Check(g_json.ReadDouble(0, "e", real) && real == 1000.0, "an exponent");
   Check(g_json.ReadLong(0, "n", whole) && whole == -5, "a negative number");
   Check(g_json.ReadLong(0, "big", whole) && whole == LONG_MAX, "the largest number");
   Check(g_json.ReadBool(0, "on", on) && on && g_json.ReadBool(0, "off", on) && !on, "true and false");
   Check(g_json.Type(g_json.Find(0, "sl")) == JSON_NULL, "null");
   const int list = g_json.Find(0, "list");
   Check(g_json.Type(list) == JSON_ARRAY && g_json.Count(list) == 2, "an array");
   Check(g_json.Text(g_json.Next(g_json.First(list))) == "b" && g_json.Next(g_json.Next(g_json.First(list))) == -1, "its elements");
   Check(g_json.ReadLong(g_json.Find(0, "inner"), "x", whole) && whole == 1, "an object in an object");
   Check(g_json.Key(list) == "list" && StringLen(g_json.Key(0)) == 0, "names");
  }

void CheckRefusals(void)
  {
   string text = "before";
   long whole = 7;
   ulong ticket = 7;
   double real = 7.0;
   bool on = true;
   Check(!g_json.ReadText(0, "none", text) && !g_json.ReadText(0, "lot", text) && !g_json.ReadText(0, "sl", text), "no text");
   Check(!g_json.ReadLong(0, "lot", whole) && !g_json.ReadLong(0, "e", whole) && !g_json.ReadLong(0, "ticket", whole), "no whole number");
   Check(!g_json.ReadDouble(0, "type", real) && !g_json.ReadBool(0, "type", on) && !g_json.ReadDigits(0, "type", ticket), "other types");
   Check(!g_json.ReadDigits(0, "n", ticket) && !g_json.ReadText(3, "x", text) && !g_json.ReadText(-1, "x", text) && !g_json.ReadText(999, "x", text), "no object");
   Check(text == "before" && whole == 7 && ticket == 7 && real == 7.0 && on, "what can't be read leaves a variable alone");
   Check(g_json.First(-1) == -1 && g_json.Next(-1) == -1 && g_json.Count(999) == 0 && StringLen(g_json.Text(999)) == 0, "no value");
   Check(g_json.ParseText("[9223372036854775808,-9223372036854775808,-9223372036854775809,1e999,-0,18446744073709551616]"), "large numbers");
   Check(!JsonTextToLong(g_json.Text(1), whole) && JsonTextToLong(g_json.Text(2), whole) && whole == LONG_MIN && !JsonTextToLong(g_json.Text(3), whole), "64 bits");
   Check(!JsonTextToDouble(g_json.Text(4), real) && JsonTextToLong(g_json.Text(5), whole) && whole == 0, "infinity and minus zero");
   Check(!JsonDigitsToUlong(g_json.Text(6), ticket) && !JsonDigitsToUlong("", ticket) && !JsonDigitsToUlong("1a", ticket), "no ticket");
   Check(JsonDigitsToUlong("18446744073709551615", ticket) && ticket == ULONG_MAX, "the largest ticket");
   Check(!g_json.ParseText("{\"a\":1") && g_json.Type(0) == JSON_NONE && g_json.Find(0, "a") == -1, "after an error nothing is there");
   Check(!g_json.ParseText(""), "an empty text");
  }

void CheckWriter(void)
  {
   CJsonWriter json;
   json.OpenObject();
   json.Text("s", "\"\\/\n\r\t" + ShortToString(8) + ShortToString(0x1F) + ShortToString(0xE9) + ShortToString(0x20AC) + ShortToString(0xD83D) + ShortToString(0xDE00) + ShortToString(0xD83D) + "x");
   json.Integer("i", LONG_MIN);
   json.Digits("d", ULONG_MAX);
   json.Number("n", 2400.1, 2);
   json.Number("zero", -0.001, 2);
   json.Number("minus", -0.5, 0);
   json.NumberText("raw", "1.50e-3");
   json.OpenArray("list");
   json.Bool("", true);
   json.Null("");
   json.OpenObject();
   json.Close();
   json.OpenArray();
   json.Close();
   json.Close();
   Check(!json.IsWhole() && StringLen(json.Written()) == 0, "what is open is not whole");
   json.Close();
   Check(json.IsWhole(), json.Error());
   Print(json.Written());
  }

void CheckFault(CJsonWriter &json, const string error)
  {
   json.Text("more", "x");
   Check(!json.IsWhole() && json.Error() == error && StringLen(json.Written()) == 0, json.Error());
   json.Clear();
   json.OpenObject();
  }

void CheckWriterFaults(void)
  {
   CJsonWriter json;
   json.OpenObject();
   const double huge = 1e308;
   json.Number("profit", huge * 10.0, 2);
   CheckFault(json, "\"profit\" is not a finite number.");
   json.Number("margin", MathSqrt(-1.0), 2);
   CheckFault(json, "\"margin\" is not a finite number.");
   json.Number("bid", 1.0, 17);
   CheckFault(json, "\"bid\" is to have 17 digits; 0 to 16 can be written.");
   json.NumberText("raw", "01");
   CheckFault(json, "\"raw\" is no number: 01.");
   json.Bool("", true);
   CheckFault(json, "A member of an object has no key.");
   json.OpenArray("a");
   json.Text("b", "x");
   CheckFault(json, "The key \"b\" stands outside of an object.");
   json.Close();
   json.Close();
   CheckFault(json, "More is closed than was opened.");
   json.Close();
   json.Null("");
   CheckFault(json, "A second value stands behind the first one.");
   for(int i = 0; i < 16; i++)
      json.OpenObject("o");
   CheckFault(json, "Objects and arrays lie more than 16 deep within each other.");
  }

void OnStart(void)
  {
   CheckReaders();
   CheckRefusals();
   CheckWriter();
   CheckWriterFaults();
   Print("failed ", g_failed);
  }
//+------------------------------------------------------------------+
