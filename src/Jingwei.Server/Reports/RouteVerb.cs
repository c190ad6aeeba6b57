using System.CommandLine;
using System.Text;
using Jingwei.Text.Models;

namespace Jingwei.Server.Reports;

/// <summary>`text route`: says which office a citizen's message is for.</summary>
internal static class RouteVerb
{
    internal static Command Create()
    {
        var models = TextCommand.Models();
        var command = new Command(
            "route",
            """
            Says which office a message is for: reads {"id","title","text"} a line on standard input, writes {"id","label","scores"} a line on
            standard output. "scores" holds every label with its share, the likeliest first; the shares add up to 1. "title" may be left out.
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
        var router = new ModelFolder(models).OpenRouter();
        using var input = new StreamReader(System.Console.OpenStandardInput(), new UTF8Encoding(false));
        var bad = LineFilter.OfTexts.Run(input, System.Console.OpenStandardOutput(), (row, writer) =>
        {
            var routes = router.Of(row.GetProperty("text").GetString()!, TextCommand.Optional(row, "title") ?? "");
            writer.WriteString("label", routes[0].Label);
            writer.WriteStartObject("scores");
            foreach (var route in routes)
            {
                writer.WriteNumber(route.Label, Math.Round(route.Share, 4));
            }

            writer.WriteEndObject();
        });
        return bad == 0 ? TextCommand.Fine : TextCommand.Faults;
    }
}
