using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Jingwei.Text.Fields;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports;

/// <summary>`text parse`: structures reports of incidents.</summary>
internal static class ParseVerb
{
    internal static Command Create()
    {
        var models = TextCommand.Models();
        var evidence = new Option<bool>("--evidence") { Description = "Add what else was read, and for each field where it stands and how sure it is." };
        var command = new Command(
            "parse",
            """
            Structures reports: reads {"id","title","report_time","text"} a line on standard input, writes one line for each on standard output:
            {"id","spans":[{"label","start","end"}],"fields":{"date","province","city","county","dead","injured","missing"},"class","level"}.
            Labels: Time, Location, Participant, Object, Denoter. Offsets count UTF-16 code units of "text". A field that is not stated is null;
            0 means that the report states that there was nobody. "class" is one of natural-disaster, accident, public-health, social-security;
            "level" is 1 to 4. "title" and "report_time" may be left out. A line that cannot be read is answered by {"id","error"}; the exit
            code is then 1.
            """)
        {
            models, evidence,
        };
        command.SetAction(parsed => TextCommand.Guard(parsed.InvocationConfiguration.Error, () => Run(parsed.GetValue(models)!, parsed.GetValue(evidence))));
        return command;
    }

    private static int Run(string models, bool evidence)
    {
        var reader = new ModelFolder(models).OpenReports();
        using var input = new StreamReader(System.Console.OpenStandardInput(), new UTF8Encoding(false));
        var bad = LineFilter.OfTexts.Run(input, System.Console.OpenStandardOutput(), (row, writer) =>
        {
            var facts = reader.Read(row.GetProperty("text").GetString()!, TextCommand.Optional(row, "title") ?? "", TextCommand.Optional(row, "report_time"));
            SpanJson.Write(writer, facts.Spans);
            WriteFields(writer, facts);
            if (evidence)
            {
                FactsJson.WriteEvidence(writer, facts);
            }
        });
        return bad == 0 ? TextCommand.Fine : TextCommand.Faults;
    }

    private static void WriteFields(Utf8JsonWriter writer, ReportFacts facts)
    {
        writer.WriteStartObject("fields");
        writer.WriteString("date", facts.Date?.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        writer.WriteString("province", facts.Province?.Value);
        writer.WriteString("city", facts.City);
        writer.WriteString("county", facts.County);
        FactsJson.WriteNumber(writer, "dead", facts.Dead?.Value);
        FactsJson.WriteNumber(writer, "injured", facts.Injured?.Value);
        FactsJson.WriteNumber(writer, "missing", facts.Missing?.Value);
        writer.WriteEndObject();
        writer.WriteString("class", FactsJson.ClassName(facts.Class));
        FactsJson.WriteNumber(writer, "level", facts.Level?.Level);
    }
}
