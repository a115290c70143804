//+------------------------------------------------------------------+
//| JsonProbe.mq5 - reads JSON of a file, for tests: for each text   |
//| it writes a line with what it has read, or why it refuses.       |
//+------------------------------------------------------------------+
#property script_show_inputs

#include <BittenDesk/Json.mqh>
#include <BittenDesk/JsonWriter.mqh>

CJson       g_json;
CJsonWriter g_writer;

//--- writes a value again as it was read; names get a point in front, since the writer takes no empty ones
void WriteAgain(const int index, const string key)
  {
   switch(g_json.Type(index))
     {
      case JSON_NULL:
         g_writer.Null(key);
         return;
      case JSON_BOOL:
         g_writer.Bool(key, g_json.Text(index) == "true");
         return;
      case JSON_NUMBER:
         g_writer.NumberText(key, g_json.Text(index));
         return;
      case JSON_TEXT:
         g_writer.Text(key, g_json.Text(index));
         return;
      case JSON_ARRAY:
         g_writer.OpenArray(key);
         break;
      default:
         g_writer.OpenObject(key);
     }
   const bool isObject = g_json.Type(index) == JSON_OBJECT;
   for(int i = g_json.First(index); i >= 0; i = g_json.Next(i))
      WriteAgain(i, isObject ? "." + g_json.Key(i) : "");
   g_writer.Close();
  }

void OnStart(void)
  {
   const int input_ = FileOpen("cases", FILE_READ | FILE_BIN);
   const int output = FileOpen("answers", FILE_WRITE | FILE_BIN);
   while(!FileIsEnding(input_))
     {
      const int size = FileReadInteger(input_);
      uchar bytes[];
      ArrayResize(bytes, size);
      if(size > 0)
         FileReadArray(input_, bytes, 0, size);
      string line = "";
      if(g_json.Parse(bytes, size))
        {
         g_writer.Clear();
         WriteAgain(0, "");
         line = "yes " + (g_writer.IsWhole() ? g_writer.Written() : g_writer.Error());
        }
      else
         line = "no " + g_json.Error();
      uchar answer[];
      const int length = Utf8Bytes(line + "\n", answer);
      FileWriteArray(output, answer, 0, length);
     }
   FileClose(input_);
   FileClose(output);
  }
//+------------------------------------------------------------------+
