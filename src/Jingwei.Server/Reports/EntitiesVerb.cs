using System.CommandLine;
using System.Text;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports;

/// <summary>`text entities`: labels the entities of general text.</summary>
internal static class EntitiesVerb
{
    internal static Command Create()
    {
        var models = TextCommand.Models();
        var command = new Command(
            "entities",
            """
            Labels entities: reads {"id","text"} a line on standard input, writes {"id","spans":[{"label","start","end"}]} a line on standard output.
            Offsets count UTF-16 code units. Labels: address, book, company, game, government, movie, name, organization, position, scene.
            A line that cannot be read is answered by {"id","error"}; the exit code is then 1.
            """)
        {
            models,
        };
        command.SetAction(parsed => TextCommand.Guard(parsed.InvocationConfiguration.Error, () => Run(parsed.GetValue(models)!)));
        return command;
    }

    private static int Run(string models)
    {
        var tagger = new ModelFolder(models).OpenEntities();
        using var input = new StreamReader(System.Console.OpenStandardInput(), new UTF8Encoding(false));
        var bad = LineFilter.OfTexts.Run(
            input,
            System.Console.OpenStandardOutput(),
            (row, writer) => SpanJson.Write(writer, tagger.Tag(row.GetProperty("text").GetString())));
        return bad == 0 ? TextCommand.Fine : TextCommand.Faults;
    }
}
